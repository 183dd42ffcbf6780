using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A scripted broker's fetch sessions.</summary>
internal sealed class ScriptedSessions
{
    private readonly Dictionary<int, ScriptedSession> _sessions = [];
    private int _last = 1000;

    /// <summary>False: all fetches are answered with session id 0, as by a broker whose sessions are all taken.</summary>
    public bool AreAvailable { get; set; } = true;

    public IReadOnlyCollection<ScriptedSession> All
    {
        get { lock (_sessions) return [.. _sessions.Values]; }
    }

    /// <summary>Forgets all, as a broker does that starts anew or needs the room.</summary>
    public void Clear()
    {
        lock (_sessions) _sessions.Clear();
    }

    /// <summary>The session that serves a request, with the request applied. Its id is 0 when it ends with this request.</summary>
    public (ScriptedSession Session, BrokerError Error) Open(ScriptedFetch request)
    {
        lock (_sessions)
        {
            if (request.SessionEpoch <= 0) return (OpenNew(request), BrokerError.None);
            if (!_sessions.TryGetValue(request.SessionId, out var session)) return (None(request), BrokerError.FetchSessionIdNotFound);
            if (session.NextEpoch != request.SessionEpoch) return (None(request), BrokerError.InvalidFetchSessionEpoch);
            if (session.HasTopicIds != request.Version >= 13) return (None(request), BrokerError.FetchSessionTopicIdError);
            session.Apply(request);
            session.NextEpoch = session.NextEpoch == int.MaxValue ? 1 : session.NextEpoch + 1;
            if (session.Entries.Count > 0) return (session, BrokerError.None);
            _sessions.Remove(session.Id);
            return (None(request), BrokerError.None);
        }
    }

    private ScriptedSession OpenNew(ScriptedFetch request)
    {
        _sessions.Remove(request.SessionId);
        var session = AreAvailable && request.Version >= 7 && request.SessionEpoch == 0 ? new ScriptedSession(++_last, request.Version >= 13) : None(request);
        session.Apply(request);
        if (session.Id != 0) _sessions[session.Id] = session;
        return session;
    }

    private static ScriptedSession None(ScriptedFetch request) => new(0, request.Version >= 13);
}
