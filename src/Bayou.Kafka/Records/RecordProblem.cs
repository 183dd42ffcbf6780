namespace Bayou.Kafka.Records;

/// <summary>What is wrong with the batch at an offset; <paramref name="Reason"/> is half a sentence that follows the batch's name.</summary>
internal sealed record RecordProblem(CorruptRecordsKind Kind, long Offset, string Reason)
{
    /// <summary>The problem as an exception that names the partition.</summary>
    public CorruptRecordsException ToException(Sources.TopicPartition source, Exception? inner = null) =>
        new(Kind, Offset, $"Decoding the record batch of {source} at offset {Offset} failed: {Reason}. Nothing at or behind this offset was delivered, and nothing is skipped.", inner);
}
