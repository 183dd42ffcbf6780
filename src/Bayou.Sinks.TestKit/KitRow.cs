namespace Bayou.Sinks.TestKit;

/// <summary>A row to write.</summary>
internal sealed record KitRow(int Partition, long Offset, IReadOnlyList<KitValue> Values)
{
    public const string Topic = "events";

    public long TimestampMicroseconds => 1_700_000_000_000_000 + Offset % 1000 * 1_000_001;

    public StoredRow Expected => new()
    {
        Topic = Topic,
        Partition = Partition,
        Offset = Offset,
        TimestampMicroseconds = TimestampMicroseconds,
        Values = [.. Values.Select(value => value.Stored)],
    };
}
