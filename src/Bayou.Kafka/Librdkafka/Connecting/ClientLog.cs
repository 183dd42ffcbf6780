using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>Passes librdkafka's own log lines on. It logs no option values, so no secrets.</summary>
internal static partial class ClientLog
{
    /// <summary>Writes one line, one level below what librdkafka gave it: what matters also comes as an error of ours.</summary>
    public static void Write(ILogger logger, LogMessage message)
    {
        if (message.Level <= SyslogLevel.Error) LogWarning(logger, message.Facility, message.Message);
        else LogDebug(logger, message.Facility, message.Message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "librdkafka {Facility}: {Text}")]
    private static partial void LogWarning(ILogger logger, string facility, string text);

    [LoggerMessage(Level = LogLevel.Debug, Message = "librdkafka {Facility}: {Text}")]
    private static partial void LogDebug(ILogger logger, string facility, string text);
}
