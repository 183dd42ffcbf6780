using System.Runtime.InteropServices;

namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>
/// Asks for records of several partitions. One instance is filled and sent again and again; writing it allocates nothing. The response is
/// read by <see cref="FetchResponseParser"/>, while it arrives.
/// </summary>
internal sealed class FetchRequest : KafkaRequest
{
    /// <summary>The first version that has fetch sessions.</summary>
    public const short SessionsFrom = 7;

    /// <summary>The first version that names topics by their ids; a topic without one can be fetched in lower versions only.</summary>
    public const short TopicIdsFrom = 13;

    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.Fetch;

    /// <inheritdoc/>
    public override VersionRange Versions => new(4, 16);

    /// <inheritdoc/>
    public override short FlexibleFrom => 12;

    /// <summary>Milliseconds that the broker may wait for <see cref="MinBytes"/>.</summary>
    public int MaxWaitMs { get; set; }

    /// <summary>Bytes of records that are worth an answer at once.</summary>
    public int MinBytes { get; set; } = 1;

    /// <summary>Most bytes of records in the response, unless its first batch is larger.</summary>
    public int MaxBytes { get; set; }

    /// <summary>Whether records of open transactions are held back and aborted transactions told.</summary>
    public bool IsReadCommitted { get; set; }

    /// <summary>Where the client stands, so that a leader can name a nearer replica; empty for nowhere.</summary>
    public string Rack { get; set; } = "";

    /// <summary>The fetch session; 0 for none yet.</summary>
    public int SessionId { get; set; }

    /// <summary>0 asks for a new session and is a full request; from 1 on a request tells the changes only; -1 wants no session.</summary>
    public int SessionEpoch { get; set; }

    /// <summary>The partitions wanted, in the order in which they should be served. Those of one topic belong side by side.</summary>
    public List<FetchRequestPartition> Partitions { get; } = [];

    /// <summary>The partitions that the session should forget.</summary>
    public List<ForgottenPartition> Forgotten { get; } = [];

    /// <summary>The version to use where <paramref name="highest"/> is the highest that client and broker have.</summary>
    public static short VersionFor(short highest, bool allTopicsHaveIds) => allTopicsHaveIds ? highest : Math.Min(highest, (short)(TopicIdsFrom - 1));

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        // Replica -1 is a consumer; it became a tagged field, whose default says the same.
        if (version <= 14) writer.WriteInt32(-1);
        writer.WriteInt32(MaxWaitMs);
        writer.WriteInt32(MinBytes);
        writer.WriteInt32(MaxBytes);
        writer.WriteBoolean(IsReadCommitted);
        if (version >= SessionsFrom)
        {
            writer.WriteInt32(SessionId);
            writer.WriteInt32(SessionEpoch);
        }

        WritePartitions(writer, version);
        if (version >= SessionsFrom) WriteForgotten(writer, version);
        if (version >= 11) writer.WriteString(Rack);
        writer.WriteNoTags();
    }

    private void WritePartitions(ProtocolWriter writer, short version)
    {
        var partitions = CollectionsMarshal.AsSpan(Partitions);
        var topics = 0;
        for (var start = 0; start < partitions.Length; start += TopicLength(partitions[start..])) topics++;
        writer.WriteArrayLength(topics);
        for (int start = 0, length; start < partitions.Length; start += length)
        {
            length = TopicLength(partitions[start..]);
            WriteTopic(writer, version, partitions[start].Topic, partitions[start].TopicId, length);
            foreach (ref readonly var partition in partitions.Slice(start, length)) WritePartition(writer, version, in partition);
            writer.WriteNoTags();
        }
    }

    private static void WritePartition(ProtocolWriter writer, short version, ref readonly FetchRequestPartition partition)
    {
        writer.WriteInt32(partition.Partition);
        if (version >= 9) writer.WriteInt32(partition.LeaderEpoch);
        writer.WriteInt64(partition.FetchOffset);
        if (version >= 12) writer.WriteInt32(partition.LastFetchedEpoch);
        // The log start offset is a follower's.
        if (version >= 5) writer.WriteInt64(-1);
        writer.WriteInt32(partition.MaxBytes);
        writer.WriteNoTags();
    }

    private void WriteForgotten(ProtocolWriter writer, short version)
    {
        var forgotten = CollectionsMarshal.AsSpan(Forgotten);
        var topics = 0;
        for (var start = 0; start < forgotten.Length; start += TopicLength(forgotten[start..])) topics++;
        writer.WriteArrayLength(topics);
        for (int start = 0, length; start < forgotten.Length; start += length)
        {
            length = TopicLength(forgotten[start..]);
            WriteTopic(writer, version, forgotten[start].Topic, forgotten[start].TopicId, length);
            foreach (ref readonly var partition in forgotten.Slice(start, length)) writer.WriteInt32(partition.Partition);
            writer.WriteNoTags();
        }
    }

    private static void WriteTopic(ProtocolWriter writer, short version, string topic, Guid id, int partitions)
    {
        if (version >= TopicIdsFrom) writer.WriteUuid(id);
        else writer.WriteString(topic);
        writer.WriteArrayLength(partitions);
    }

    private static int TopicLength(ReadOnlySpan<FetchRequestPartition> from)
    {
        var length = 1;
        while (length < from.Length && from[length].TopicId == from[0].TopicId && from[length].Topic == from[0].Topic) length++;
        return length;
    }

    private static int TopicLength(ReadOnlySpan<ForgottenPartition> from)
    {
        var length = 1;
        while (length < from.Length && from[length].TopicId == from[0].TopicId && from[length].Topic == from[0].Topic) length++;
        return length;
    }
}
