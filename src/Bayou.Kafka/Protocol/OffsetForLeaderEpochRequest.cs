using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>Asks the leader of some partitions where leader epochs ended in its log, which tells whether a log was truncated below what was read of it.</summary>
/// <param name="queries">Not twice the same partition.</param>
internal sealed class OffsetForLeaderEpochRequest(IReadOnlyList<EpochQuery> queries) : KafkaRequest<IReadOnlyList<EpochEnd>>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.OffsetForLeaderEpoch;

    /// <inheritdoc/>
    public override VersionRange Versions => new(2, 4);

    /// <inheritdoc/>
    public override short FlexibleFrom => 4;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        // A consumer: one that may not see beyond the high watermark.
        if (version >= 3) writer.WriteInt32(-1);
        TopicGroups.Write(writer, queries, query => query.Source, query =>
        {
            writer.WriteInt32(query.Source.Partition);
            writer.WriteInt32(query.CurrentLeaderEpoch);
            writer.WriteInt32(query.Epoch);
        });
        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<EpochEnd> Read(ref ProtocolReader reader, short version)
    {
        reader.ReadInt32();
        var ends = TopicGroups.Read(ref reader, 18, (ref ProtocolReader partition, string topic) =>
        {
            var error = (BrokerError)partition.ReadInt16();
            return new EpochEnd(new TopicPartition(topic, partition.ReadInt32()), error, partition.ReadInt32(), partition.ReadInt64());
        });
        reader.SkipTags();
        return ends;
    }
}
