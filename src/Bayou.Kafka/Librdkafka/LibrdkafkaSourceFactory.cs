using Bayou.Definitions;
using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Slices;
using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka.Librdkafka;

/// <summary>Opens Kafka topics as sources that librdkafka reads.</summary>
internal sealed class LibrdkafkaSourceFactory(BufferPool pool, ILogger logger)
{
    /// <summary>Connects to the cluster of a definition that <see cref="OptionRules"/> finds nothing wrong with.</summary>
    public LibrdkafkaSource Open(SourceDefinition definition, CancellationToken cancellationToken)
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
