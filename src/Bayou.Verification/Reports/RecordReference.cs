namespace Bayou.Verification.Reports;

/// <summary>Names a record of the topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset.</param>
public sealed record RecordReference(string Topic, int Partition, long Offset)
{
    /// <summary><c>topic/partition@offset</c>.</summary>
    public override string ToString() => $"{Topic}/{Partition}@{Offset}";
}
