using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>
/// Disposes a Kafka client within a few seconds. Older librdkafka waits for ever for a partition whose topic was deleted; such a client is left
/// to the end of the process.
/// </summary>
internal static partial class BoundedDisposal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Disposes <paramref name="client"/>; returns when that is done or given up.</summary>
    public static void Dispose(IDisposable client, string name, ILogger logger)
    {
        var thread = new Thread(client.Dispose) { IsBackground = true, Name = $"closing {name}" };
        thread.Start();
        if (!thread.Join(Patience)) LogLeft(logger, name, Patience.TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Kafka client {Name} did not close within {Seconds} s and is left to the end of the process; nothing depends on it")]
    private static partial void LogLeft(ILogger logger, string name, double seconds);
}
