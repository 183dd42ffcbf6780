using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>Asks the leader of some partitions for offsets by time.</summary>
/// <param name="isReadCommitted">The latest offset is then the last stable one.</param>
/// <param name="queries">Not twice the same partition: brokers refuse that.</param>
internal sealed class ListOffsetsRequest(bool isReadCommitted, IReadOnlyList<OffsetQuery> queries) : KafkaRequest<IReadOnlyList<ListedOffset>>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.ListOffsets;

    /// <summary>
    /// Up to 3 when no query has a leader epoch: the later versions add nothing then, and librdkafka's mock brokers up to version 2.0 at least, which
    /// tell no epochs, answer them with fields of a wrong size.
    /// </summary>
    public override VersionRange Versions { get; } = new(1, queries.Any(query => query.LeaderEpoch >= 0) ? (short)7 : (short)3);

    /// <inheritdoc/>
    public override short FlexibleFrom => 6;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        writer.WriteInt32(-1);
        if (version >= 2) writer.WriteBoolean(isReadCommitted);
        TopicGroups.Write(writer, queries, query => query.Source, query =>
        {
            writer.WriteInt32(query.Source.Partition);
            if (version >= 4) writer.WriteInt32(query.LeaderEpoch);
            writer.WriteInt64(query.Timestamp);
        });
        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ListedOffset> Read(ref ProtocolReader reader, short version)
    {
        if (version >= 2) reader.ReadInt32();
        var offsets = TopicGroups.Read(ref reader, 22, (ref ProtocolReader partition, string topic) => new ListedOffset(
            new TopicPartition(topic, partition.ReadInt32()),
            (BrokerError)partition.ReadInt16(),
            partition.ReadInt64(),
            partition.ReadInt64(),
            version >= 4 ? partition.ReadInt32() : -1));
        reader.SkipTags();
        return offsets;
    }
}
