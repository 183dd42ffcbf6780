using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>Stores offsets for a consumer group without being a member: brokers refuse it while the group has members of its own.</summary>
/// <param name="group">The group's id.</param>
/// <param name="offsets">Not twice the same partition.</param>
internal sealed class OffsetCommitRequest(string group, IReadOnlyList<GroupOffset> offsets) : KafkaRequest<IReadOnlyList<CommittedOffset>>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.OffsetCommit;

    /// <inheritdoc/>
    public override VersionRange Versions => new(2, 8);

    /// <inheritdoc/>
    public override short FlexibleFrom => 8;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        writer.WriteString(group);
        // No generation, no member, no instance: a consumer that assigns itself.
        writer.WriteInt32(-1);
        writer.WriteString("");
        if (version >= 7) writer.WriteString(null);
        // Retention as the broker is configured.
        if (version <= 4) writer.WriteInt64(-1);
        TopicGroups.Write(writer, offsets, offset => offset.Source, offset =>
        {
            writer.WriteInt32(offset.Source.Partition);
            writer.WriteInt64(offset.NextOffset);
            if (version >= 6) writer.WriteInt32(offset.LeaderEpoch);
            writer.WriteString("");
        });
        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<CommittedOffset> Read(ref ProtocolReader reader, short version)
    {
        if (version >= 3) reader.ReadInt32();
        var results = TopicGroups.Read(ref reader, 6, (ref ProtocolReader partition, string topic) =>
            new CommittedOffset(new TopicPartition(topic, partition.ReadInt32()), (BrokerError)partition.ReadInt16()));
        reader.SkipTags();
        return results;
    }
}
