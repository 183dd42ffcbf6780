using Bayou.Definitions;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Librdkafka;
using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka;

/// <summary>Opens Kafka topics as sources: with the managed client, unless the options ask for librdkafka or for something that only it can do.</summary>
internal sealed partial class KafkaSourceFactory(BufferPool pool, ILogger<KafkaSource> logger) : ISourceFactory
{
    /// <summary>How brokers are dialed by the managed client.</summary>
    public IDialer Dialer { get; init; } = TcpDialer.Instance;

    /// <inheritdoc/>
    public string Kind => "kafka";

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(SourceDefinition definition) => ClientChoice.For(definition) switch
    {
        { Mistake: { } mistake } => [mistake],
        { IsManaged: true } => ClientOptionsReader.Read(definition).Mistakes,
        _ => OptionRules.Check(definition),
    };

    /// <inheritdoc/>
    public async Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken)
    {
        if (Validate(definition) is { Count: > 0 } mistakes)
            throw new SourceException(SourceErrorKind.Fatal, $"Opening the Kafka source failed before connecting. {string.Join(' ', mistakes)}");
        var choice = ClientChoice.For(definition);
        if (choice.Reason is { } reason) LogChosen(logger, definition.Options.ContainsKey(ClientChoice.Option) ? LogLevel.Information : LogLevel.Warning, reason);
        if (!choice.IsManaged) return await Task.Run(() => new LibrdkafkaSourceFactory(pool, logger).Open(definition, cancellationToken), cancellationToken);

        var read = ClientOptionsReader.Read(definition);
        if (read.WithoutEffect.Count > 0) LogWithoutEffect(logger, string.Join(", ", read.WithoutEffect));
        return await OpenAsync(definition, read.Options!, cancellationToken);
    }

    private async Task<KafkaSource> OpenAsync(SourceDefinition definition, ClientOptions options, CancellationToken cancellationToken)
    {
        var cluster = new ClusterClient(options, Dialer);
        try
        {
            await new FirstContact(cluster, options).ConnectAsync(definition.Topics, cancellationToken);
            return new KafkaSource(definition, options, cluster, Dialer, pool, logger);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(Message = "Kafka is read by librdkafka, not by the managed client: {Reason}")]
    private static partial void LogChosen(ILogger logger, LogLevel level, string reason);

    [LoggerMessage(LogLevel.Information, "Options without effect on the managed Kafka client: {Options}")]
    private static partial void LogWithoutEffect(ILogger logger, string options);
}
