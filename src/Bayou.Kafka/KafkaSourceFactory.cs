using Bayou.Definitions;
using Bayou.Kafka.Librdkafka;
using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Slices;
using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka;

/// <summary>Opens Kafka topics as sources.</summary>
internal sealed class KafkaSourceFactory(BufferPool pool, ILogger<LibrdkafkaSource> logger) : ISourceFactory
{
    /// <inheritdoc/>
    public string Kind => "kafka";

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(SourceDefinition definition) => OptionRules.Check(definition);

    /// <inheritdoc/>
    public async Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken)
    {
        if (Validate(definition) is { Count: > 0 } mistakes)
            throw new SourceException(SourceErrorKind.Fatal, $"Opening the Kafka source failed before connecting. {string.Join(' ', mistakes)}");
        return await Task.Run(() => Open(definition, cancellationToken), cancellationToken);
    }

    private LibrdkafkaSource Open(SourceDefinition definition, CancellationToken cancellationToken)
    {
        LibrdkafkaLoader.Load(definition.Options.GetValueOrDefault(LibrdkafkaLoader.PathOption));
        var properties = new ClientProperties(definition);
        var control = new ControlClient(properties, logger);
        try
        {
            control.Connect(cancellationToken);
            control.ClusterId();
            foreach (var topic in definition.Topics) control.Describe(topic);
            return new LibrdkafkaSource(definition, properties, control, pool, logger);
        }
        catch
        {
            control.Dispose();
            throw;
        }
    }
}
