using Bayou.Kafka.Connections;

namespace Bayou.Kafka.Protocol;

/// <summary>Asks for the cluster's brokers and for the partitions of some topics. Asks not to make a topic that is missing; versions below 4 cannot say so.</summary>
/// <param name="topics">The topics asked for; null for none: brokers only.</param>
internal sealed class MetadataRequest(IReadOnlyList<string>? topics) : KafkaRequest<MetadataResponse>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.Metadata;

    /// <inheritdoc/>
    public override VersionRange Versions => new(1, 12);

    /// <inheritdoc/>
    public override short FlexibleFrom => 9;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        // An empty array asks for no topic; a null one would ask for all.
        writer.WriteArrayLength(topics?.Count ?? 0);
        foreach (var topic in topics ?? [])
        {
            if (version >= 10) writer.WriteUuid(Guid.Empty);
            writer.WriteString(topic);
            writer.WriteNoTags();
        }

        if (version >= 4) writer.WriteBoolean(false);
        if (version is >= 8 and <= 10) writer.WriteBoolean(false);
        if (version >= 8) writer.WriteBoolean(false);
        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override MetadataResponse Read(ref ProtocolReader reader, short version)
    {
        if (version >= 3) reader.ReadInt32();
        var brokers = new MetadataBroker[reader.ReadArrayLength(11)];
        for (var i = 0; i < brokers.Length; i++)
        {
            brokers[i] = new MetadataBroker(reader.ReadInt32(), new HostPort(reader.ReadString(), reader.ReadInt32()), reader.ReadNullableString());
            reader.SkipTags();
        }

        var clusterId = version >= 2 ? reader.ReadNullableString() : null;
        reader.ReadInt32();
        var topicMetadata = new TopicMetadata[reader.ReadArrayLength(7)];
        for (var i = 0; i < topicMetadata.Length && !reader.IsShort; i++) topicMetadata[i] = ReadTopic(ref reader, version);
        if (version is >= 8 and <= 10) reader.ReadInt32();
        reader.SkipTags();
        return new MetadataResponse(clusterId, brokers, topicMetadata);
    }

    private static TopicMetadata ReadTopic(ref ProtocolReader reader, short version)
    {
        var error = (BrokerError)reader.ReadInt16();
        var name = reader.ReadString();
        var id = version >= 10 ? reader.ReadUuid() : Guid.Empty;
        reader.ReadBoolean();
        var partitions = new PartitionMetadata[reader.ReadArrayLength(13)];
        for (var i = 0; i < partitions.Length; i++) partitions[i] = ReadPartition(ref reader, version);
        if (version >= 8) reader.ReadInt32();
        reader.SkipTags();
        return new TopicMetadata(error, name, id, partitions);
    }

    private static PartitionMetadata ReadPartition(ref ProtocolReader reader, short version)
    {
        var error = (BrokerError)reader.ReadInt16();
        var partition = reader.ReadInt32();
        var leader = reader.ReadInt32();
        var epoch = version >= 7 ? reader.ReadInt32() : -1;
        SkipNodes(ref reader);
        SkipNodes(ref reader);
        if (version >= 5) SkipNodes(ref reader);
        reader.SkipTags();
        return new PartitionMetadata(error, partition, leader, epoch);
    }

    private static void SkipNodes(ref ProtocolReader reader) => reader.Take(reader.ReadArrayLength(4) * 4);
}
