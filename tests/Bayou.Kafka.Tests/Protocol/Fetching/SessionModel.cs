using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;

namespace Bayou.Kafka.Tests.Protocol.Fetching;

/// <summary>A broker's side of fetch sessions, as small as can be.</summary>
internal sealed class SessionModel(bool hasTopicIds)
{
    private readonly Dictionary<int, (int NextEpoch, Dictionary<string, FetchRequestPartition> Partitions)> _sessions = [];
    private Dictionary<string, FetchRequestPartition> _fetches = [];
    private int _lastId;

    /// <summary>Whether new sessions are given.</summary>
    public bool HasRoom { get; set; } = true;

    /// <summary>Forgets all sessions.</summary>
    public void Forget() => _sessions.Clear();

    public (BrokerError Error, int SessionId) Take(FetchRequest request)
    {
        if (request.SessionEpoch == 0)
        {
            _sessions.Remove(request.SessionId);
            Assert.Empty(request.Forgotten);
            _fetches = request.Partitions.ToDictionary(Key);
            if (!HasRoom) return (BrokerError.None, 0);
            _sessions[++_lastId] = (1, _fetches);
            return (BrokerError.None, _lastId);
        }

        if (!_sessions.TryGetValue(request.SessionId, out var session)) return (BrokerError.FetchSessionIdNotFound, 0);
        if (session.NextEpoch != request.SessionEpoch) return (BrokerError.InvalidFetchSessionEpoch, 0);
        foreach (var partition in request.Partitions) session.Partitions[Key(partition)] = partition;
        foreach (var forgotten in request.Forgotten) Assert.True(session.Partitions.Remove(Key(forgotten.Topic, forgotten.TopicId, forgotten.Partition)), "forgets what is not there");
        _fetches = session.Partitions;
        _sessions[request.SessionId] = (session.NextEpoch + 1, session.Partitions);
        if (_fetches.Count > 0) return (BrokerError.None, request.SessionId);
        _sessions.Remove(request.SessionId);
        return (BrokerError.None, 0);
    }

    /// <summary>What the last request made the broker read, in order of the partitions.</summary>
    public FetchRequestPartition[] Fetches() => [.. _fetches.Values.OrderBy(partition => partition.Partition)];

    public FetchRequestPartition[] Expected(FetchRequestPartition[] wanted) => [.. wanted.OrderBy(partition => partition.Partition)];

    private string Key(FetchRequestPartition partition) => Key(partition.Topic, partition.TopicId, partition.Partition);

    private string Key(string topic, Guid id, int partition) => $"{(hasTopicIds ? id : topic)}/{partition}";
}
