using Confluent.Kafka;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>
/// What a source knows of its connection: whether brokers answer, and if not since when and why. Times are in milliseconds of any one clock.
/// Safe for concurrent use.
/// </summary>
internal sealed class ConnectionHealth
{
    /// <summary>How long brokers may be away before waiting readers are told, and how often they are told then.</summary>
    public const long PatienceMilliseconds = 30_000;

    private readonly Lock _gate = new();
    private volatile bool _troubled;
    private long _since;
    private long _nextReport;

    /// <summary>True from the first error that concerns the whole connection until something is heard of a broker.</summary>
    public bool IsTroubled => _troubled;

    /// <summary>The last reason that the client gave.</summary>
    public string Reason { get; private set; } = "no reason is known";

    /// <summary>True when the broker refuses who we are, not merely fails to answer.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Notes an error of the client.</summary>
    public void Report(Error error, long now)
    {
        lock (_gate)
        {
            var refused = SourceErrors.IsRefusal(error.Code);
            // "All brokers are down" explains nothing: the reason came just before.
            if (error.Code != ErrorCode.Local_AllBrokersDown) (Reason, IsRefused) = (WithoutTiming(error.Reason), refused);
            if (_troubled || !(refused || error.Code == ErrorCode.Local_AllBrokersDown)) return;
            _troubled = true;
            _since = now;
            _nextReport = now + PatienceMilliseconds;
        }
    }

    /// <summary>A broker answered.</summary>
    public void Clear() => _troubled = false;

    /// <summary>True when the trouble has lasted long enough to tell waiting readers; then not again for as long.</summary>
    public bool IsReportDue(long now)
    {
        lock (_gate)
        {
            if (!_troubled || now < _nextReport) return false;
            _nextReport = now + PatienceMilliseconds;
            return true;
        }
    }

    /// <summary>How long the trouble has lasted.</summary>
    public TimeSpan Lasting(long now)
    {
        lock (_gate) return TimeSpan.FromMilliseconds(_troubled ? now - _since : 0);
    }

    // librdkafka ends its reasons with "(after 0ms in state CONNECT, ...)", which tells nobody what to do.
    private static string WithoutTiming(string reason)
    {
        var note = reason.LastIndexOf(" (after ", StringComparison.Ordinal);
        return note > 0 && reason.EndsWith(')') && reason.AsSpan(note).Contains("ms in state ", StringComparison.Ordinal) ? reason[..note] : reason;
    }
}
