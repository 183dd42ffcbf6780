using Bayou.Definitions;
using Bayou.Kafka.Connections;

namespace Bayou.Kafka;

/// <summary>Which client reads a source.</summary>
/// <param name="IsManaged">True for the managed client, false for librdkafka.</param>
/// <param name="Reason">Why it is librdkafka; null when it is not.</param>
/// <param name="Mistake">What is wrong with the option; null when nothing is.</param>
internal readonly record struct ClientChoice(bool IsManaged, string? Reason, string? Mistake)
{
    /// <summary>The option's name.</summary>
    public const string Option = "client";

    /// <summary>The value for the managed client, the default.</summary>
    public const string Managed = "managed";

    /// <summary>The value for librdkafka.</summary>
    public const string Librdkafka = "librdkafka";

    /// <summary>The choice that the options make. Without one, it is the managed client unless an option needs the other.</summary>
    public static ClientChoice For(SourceDefinition definition)
    {
        var asked = definition.Options.GetValueOrDefault(Option);
        var needed = ClientOptionsReader.NeedsLibrdkafka(definition);
        return asked switch
        {
            null when needed is null => new(true, null, null),
            null => new(false, needed, null),
            Managed when needed is null => new(true, null, null),
            Managed => new(true, null, $"Option '{Option}' is '{Managed}', but {needed} Remove '{Option}', or set it to '{Librdkafka}'."),
            Librdkafka => new(false, $"option '{Option}' says so.", null),
            _ => new(true, null, $"Option '{Option}' is '{asked}', but must be '{Managed}' or '{Librdkafka}'."),
        };
    }
}
