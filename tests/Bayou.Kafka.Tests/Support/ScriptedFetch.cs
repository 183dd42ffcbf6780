using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A fetch request, decoded.</summary>
internal sealed class ScriptedFetch
{
    public ScriptedFetch(ScriptedRequest request)
    {
        Version = request.Version;
        var reader = request.Reader();
        if (Version < 15) Require(reader.ReadInt32() == -1, "replica id");
        MaxWaitMs = reader.ReadInt32();
        MinBytes = reader.ReadInt32();
        MaxBytes = reader.ReadInt32();
        IsReadCommitted = reader.ReadInt8() == 1;
        (SessionId, SessionEpoch) = Version >= 7 ? (reader.ReadInt32(), reader.ReadInt32()) : (0, -1);
        for (var topics = reader.ReadArrayLength(1); topics > 0; topics--) ReadTopic(ref reader);
        if (Version >= 7)
            for (var topics = reader.ReadArrayLength(1); topics > 0; topics--) ReadForgotten(ref reader);
        if (Version >= 11) Rack = reader.ReadString();
        reader.SkipTags();
        request.Check(reader);
    }

    /// <summary>A topic is known by its name below version 13, else by its id.</summary>
    public readonly record struct Key(string Topic, Guid Id, int Partition);

    public sealed record Wanted(Key Key, long FetchOffset, int LeaderEpoch, int LastFetchedEpoch, int MaxBytes);

    public short Version { get; }

    public int MaxWaitMs { get; }

    public int MinBytes { get; }

    public int MaxBytes { get; }

    public bool IsReadCommitted { get; }

    public int SessionId { get; }

    public int SessionEpoch { get; }

    public string Rack { get; } = "";

    public List<Wanted> Partitions { get; } = [];

    public List<Key> Forgotten { get; } = [];

    private (string Topic, Guid Id) ReadName(ref ProtocolReader reader) => Version >= 13 ? ("", reader.ReadUuid()) : (reader.ReadString(), Guid.Empty);

    private void ReadTopic(ref ProtocolReader reader)
    {
        var (topic, id) = ReadName(ref reader);
        for (var left = reader.ReadArrayLength(16); left > 0; left--)
        {
            var key = new Key(topic, id, reader.ReadInt32());
            var epoch = Version >= 9 ? reader.ReadInt32() : -1;
            var offset = reader.ReadInt64();
            var lastEpoch = Version >= 12 ? reader.ReadInt32() : -1;
            if (Version >= 5) Require(reader.ReadInt64() == -1, "log start offset");
            Partitions.Add(new Wanted(key, offset, epoch, lastEpoch, reader.ReadInt32()));
            reader.SkipTags();
        }

        reader.SkipTags();
    }

    private void ReadForgotten(ref ProtocolReader reader)
    {
        var (topic, id) = ReadName(ref reader);
        for (var left = reader.ReadArrayLength(4); left > 0; left--) Forgotten.Add(new Key(topic, id, reader.ReadInt32()));
        reader.SkipTags();
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new InvalidDataException($"A fetch request's {what} is not a consumer's.");
    }
}
