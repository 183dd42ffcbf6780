using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A scripted broker's answers to everything but fetches.</summary>
internal static class ScriptedResponses
{
    private delegate void PartitionAnswer(ref ProtocolReader reader, ProtocolWriter writer, string topic, ScriptedPartition? partition, int number);

    /// <summary>False for requests that it does not know.</summary>
    public static bool Write(ProtocolWriter writer, ScriptedRequest request, BrokerError? error)
    {
        var reader = request.Reader();
        switch (request.Key)
        {
            case ApiKey.ApiVersions: WriteApiVersions(writer, request, error); return true;
            case ApiKey.Metadata: WriteMetadata(writer, request, ref reader, error); break;
            case ApiKey.ListOffsets: WriteListOffsets(writer, request, ref reader, error); break;
            case ApiKey.OffsetForLeaderEpoch: WriteEpochEnds(writer, request, ref reader, error); break;
            case ApiKey.FindCoordinator: WriteCoordinator(writer, request, ref reader, error); break;
            case ApiKey.OffsetCommit: WriteCommitted(writer, request, ref reader, error); break;
            default: return false;
        }

        reader.SkipTags();
        request.Check(reader);
        return true;
    }

    private static void WriteApiVersions(ProtocolWriter writer, ScriptedRequest request, BrokerError? error)
    {
        if (!request.Broker.Supports(request)) error = BrokerError.UnsupportedVersion;
        var version = error == BrokerError.UnsupportedVersion ? 0 : request.Version;
        writer.Flexible = version >= 3;
        writer.WriteInt16((short)(error ?? BrokerError.None));
        writer.WriteArrayLength(request.Broker.Versions.Count);
        foreach (var (key, range) in request.Broker.Versions)
        {
            writer.WriteInt16((short)key);
            writer.WriteInt16(range.Min);
            writer.WriteInt16(range.Max);
            writer.WriteNoTags();
        }

        if (version >= 1) writer.WriteInt32(0);
        writer.WriteNoTags();
    }

    private static void WriteMetadata(ProtocolWriter writer, ScriptedRequest request, ref ProtocolReader reader, BrokerError? error)
    {
        var version = request.Version;
        var cluster = request.Broker.Cluster;
        var names = new List<string>();
        var asked = request.IsFlexible ? (int)reader.ReadUnsignedVarint() - 1 : reader.ReadInt32();
        for (var i = 0; i < asked; i++)
        {
            if (version >= 10) reader.ReadUuid();
            names.Add(reader.ReadString());
            reader.SkipTags();
        }

        if (asked < 0) names.AddRange(cluster.Topics.Keys);
        if (version >= 4) reader.ReadBoolean();
        if (version is >= 8 and <= 10) reader.ReadBoolean();
        if (version >= 8) reader.ReadBoolean();

        if (version >= 3) writer.WriteInt32(0);
        var up = cluster.Brokers.Where(broker => broker.IsUp).ToList();
        writer.WriteArrayLength(up.Count);
        foreach (var broker in up)
        {
            writer.WriteInt32(broker.NodeId);
            WriteAddress(writer, broker);
            if (version >= 1) writer.WriteString(broker.Rack);
            writer.WriteNoTags();
        }

        if (version >= 2) writer.WriteString(cluster.ClusterId);
        if (version >= 1) writer.WriteInt32(1);
        writer.WriteArrayLength(names.Count);
        foreach (var name in names) WriteTopic(writer, version, cluster, name, error);
        if (version is >= 8 and <= 10) writer.WriteInt32(int.MinValue);
        writer.WriteNoTags();
    }

    private static void WriteTopic(ProtocolWriter writer, short version, ScriptedCluster cluster, string name, BrokerError? error)
    {
        var topic = error is null ? cluster.FindTopic(name) : null;
        writer.WriteInt16((short)(topic is not null ? BrokerError.None : error ?? BrokerError.UnknownTopicOrPartition));
        writer.WriteString(name);
        if (version >= 10) writer.WriteUuid(topic is not null && cluster.HasTopicIds ? topic.Id : Guid.Empty);
        if (version >= 1) writer.WriteBoolean(false);
        writer.WriteArrayLength(topic?.Count ?? 0);
        foreach (var partition in topic?.Partitions ?? [])
        {
            var isLed = cluster.Broker(partition.Leader).IsUp;
            writer.WriteInt16((short)(isLed ? BrokerError.None : BrokerError.LeaderNotAvailable));
            writer.WriteInt32(partition.Number);
            writer.WriteInt32(isLed ? partition.Leader : -1);
            if (version >= 7) writer.WriteInt32(partition.LeaderEpoch);
            for (var lists = version >= 5 ? 3 : 2; lists > 0; lists--)
            {
                writer.WriteArrayLength(1);
                writer.WriteInt32(partition.Leader);
            }

            writer.WriteNoTags();
        }

        if (version >= 8) writer.WriteInt32(int.MinValue);
        writer.WriteNoTags();
    }

    private static void WriteListOffsets(ProtocolWriter writer, ScriptedRequest request, ref ProtocolReader reader, BrokerError? error)
    {
        var version = request.Version;
        reader.ReadInt32();
        var isCommitted = version >= 2 && reader.ReadBoolean();
        if (version >= 2) writer.WriteInt32(0);
        WritePartitions(writer, request, ref reader, (ref ProtocolReader asked, ProtocolWriter to, string _, ScriptedPartition? partition, int number) =>
        {
            var epoch = version >= 4 ? asked.ReadInt32() : -1;
            var timestamp = asked.ReadInt64();
            var problem = error ?? Problem(request.Broker, partition, epoch);
            to.WriteInt32(number);
            to.WriteInt16((short)problem);
            to.WriteInt64(-1);
            to.WriteInt64(problem != BrokerError.None ? -1 : timestamp == -2 ? partition!.LogStart : isCommitted ? partition!.LastStableOffset : partition!.HighWatermark);
            if (version >= 4) to.WriteInt32(problem == BrokerError.None ? partition!.LeaderEpoch : -1);
        });
    }

    private static void WriteEpochEnds(ProtocolWriter writer, ScriptedRequest request, ref ProtocolReader reader, BrokerError? error)
    {
        if (request.Version >= 3) reader.ReadInt32();
        writer.WriteInt32(0);
        WritePartitions(writer, request, ref reader, (ref ProtocolReader asked, ProtocolWriter to, string _, ScriptedPartition? partition, int number) =>
        {
            var current = asked.ReadInt32();
            var epoch = asked.ReadInt32();
            var problem = error ?? Problem(request.Broker, partition, current);
            var end = problem == BrokerError.None ? partition!.EndOf(epoch) : (Epoch: -1, EndOffset: -1);
            to.WriteInt16((short)problem);
            to.WriteInt32(number);
            to.WriteInt32(end.Epoch);
            to.WriteInt64(end.EndOffset);
        });
    }

    private static void WriteCoordinator(ProtocolWriter writer, ScriptedRequest request, ref ProtocolReader reader, BrokerError? error)
    {
        var version = request.Version;
        var coordinator = request.Broker.Cluster.Broker(request.Broker.Cluster.Coordinator);
        var group = version < 4 ? reader.ReadString() : "";
        if (version >= 1) reader.ReadInt8();
        if (version >= 4 && reader.ReadArrayLength(1) == 1) group = reader.ReadString();
        if (version >= 1) writer.WriteInt32(0);
        if (version < 4)
        {
            writer.WriteInt16((short)(error ?? BrokerError.None));
            if (version >= 1) writer.WriteString(error?.ToString());
        }
        else
        {
            writer.WriteArrayLength(1);
            writer.WriteString(group);
        }

        writer.WriteInt32(error is null ? coordinator.NodeId : -1);
        WriteAddress(writer, coordinator);
        if (version >= 4)
        {
            writer.WriteInt16((short)(error ?? BrokerError.None));
            writer.WriteString(error?.ToString());
            writer.WriteNoTags();
        }

        writer.WriteNoTags();
    }

    private static void WriteCommitted(ProtocolWriter writer, ScriptedRequest request, ref ProtocolReader reader, BrokerError? error)
    {
        var version = request.Version;
        var cluster = request.Broker.Cluster;
        var group = reader.ReadString();
        reader.ReadInt32();
        reader.ReadString();
        if (version >= 7) reader.ReadNullableString();
        if (version <= 4) reader.ReadInt64();
        if (version >= 3) writer.WriteInt32(0);
        WritePartitions(writer, request, ref reader, (ref ProtocolReader asked, ProtocolWriter to, string topic, ScriptedPartition? _, int number) =>
        {
            var next = asked.ReadInt64();
            if (version >= 6) asked.ReadInt32();
            asked.ReadNullableString();
            var problem = error ?? (cluster.Coordinator == request.Broker.NodeId ? BrokerError.None : BrokerError.NotCoordinator);
            if (problem == BrokerError.None) cluster.Committed[(group, new TopicPartition(topic, number))] = next;
            to.WriteInt32(number);
            to.WriteInt16((short)problem);
        });
    }

    /// <summary>Reads topics by name and their partitions' numbers, writes the same, lets <paramref name="write"/> do the rest; ends the response.</summary>
    private static void WritePartitions(ProtocolWriter writer, ScriptedRequest request, ref ProtocolReader reader, PartitionAnswer write)
    {
        var topics = reader.ReadArrayLength(1);
        writer.WriteArrayLength(topics);
        for (; topics > 0; topics--)
        {
            var name = reader.ReadString();
            var topic = request.Broker.Cluster.FindTopic(name);
            writer.WriteString(name);
            var partitions = reader.ReadArrayLength(1);
            writer.WriteArrayLength(partitions);
            for (; partitions > 0; partitions--)
            {
                var number = reader.ReadInt32();
                write(ref reader, writer, name, topic?.Partitions.ElementAtOrDefault(number), number);
                reader.SkipTags();
                writer.WriteNoTags();
            }

            reader.SkipTags();
            writer.WriteNoTags();
        }

        writer.WriteNoTags();
    }

    /// <summary>Why a broker does not answer for a partition, if so.</summary>
    public static BrokerError Problem(ScriptedBroker broker, ScriptedPartition? partition, int epoch) =>
        partition is null ? BrokerError.UnknownTopicOrPartition
        : partition.Leader != broker.NodeId ? BrokerError.NotLeaderOrFollower
        : epoch >= 0 && epoch < partition.LeaderEpoch ? BrokerError.FencedLeaderEpoch
        : epoch > partition.LeaderEpoch ? BrokerError.UnknownLeaderEpoch
        : BrokerError.None;

    public static void WriteAddress(ProtocolWriter writer, ScriptedBroker broker)
    {
        var address = broker.AdvertisedAddress ?? broker.Address;
        writer.WriteString(address.Host);
        writer.WriteInt32(address.Port);
    }
}
