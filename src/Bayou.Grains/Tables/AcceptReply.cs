namespace Bayou.Grains.Tables;

/// <summary>A table's answer to a slice, with where it stands in that partition.</summary>
[GenerateSerializer, Immutable, Alias("bayou.AcceptReply")]
public readonly record struct AcceptReply
{
    /// <summary>The answer.</summary>
    public AcceptReply(AcceptAnswer answer, long accepted, long durable) => (Answer, Accepted, Durable) = (answer, accepted, durable);

    /// <summary>What became of the slice.</summary>
    [Id(0)] public AcceptAnswer Answer { get; init; }

    /// <summary>Every offset below is accepted; -1 when the table knows nothing of the partition.</summary>
    [Id(1)] public long Accepted { get; init; }

    /// <summary>Every offset below is durable; -1 when the table knows nothing of the partition.</summary>
    [Id(2)] public long Durable { get; init; }
}
