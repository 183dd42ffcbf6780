using System.Diagnostics;

namespace Orleans.Configuration;

/// <summary>Options of grain calls.</summary>
public abstract class MessagingOptions
{
    private TimeSpan _responseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits for an answer. Default 30 s. Too small: calls under load fail though they succeed. Too large: a stuck callee goes unnoticed.</summary>
    public TimeSpan ResponseTimeout
    {
        get => Debugger.IsAttached ? ResponseTimeoutWithDebugger : _responseTimeout;
        set => _responseTimeout = value;
    }

    /// <summary>The same while a debugger is attached. Default 30 minutes.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The largest message between processes, in bytes. Default 100 MiB.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Whether requests whose caller has given up are not started any more. Default: so.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>Whether a time-out cancels the token that the callee was given. Default: it goes on.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>Whether a cancelled call waits until the callee has ended. Default: it ends at once.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}
