using System.Globalization;
using Bayou.Definitions;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Kafka.Librdkafka.Reading;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>What is wrong with a source's options, in sentences that never show a secret.</summary>
internal static class OptionRules
{
    /// <summary>Most bytes read ahead for all live partitions of the source in one silo; catch-up readers may have a quarter of it more. Default 256 MiB.</summary>
    public const string TotalBytes = "bayou.read.ahead.bytes";

    /// <summary>Most bytes read ahead for one partition. Default 8 MiB; too small pauses partitions often, which makes the client fetch twice.</summary>
    public const string PartitionBytes = "bayou.read.ahead.partition.bytes";

    /// <summary>Most records read ahead for one partition. Default 100,000.</summary>
    public const string PartitionRecords = "bayou.read.ahead.partition.records";

    private static readonly Dictionary<string, (long Default, long Least)> Numbers = new()
    {
        [TotalBytes] = (256L << 20, 1 << 20),
        [PartitionBytes] = (8L << 20, 64 << 10),
        [PartitionRecords] = (100_000, 1_000),
    };

    /// <summary>True for an option that is not librdkafka's.</summary>
    public static bool IsOurs(string name) => name is LibrdkafkaLoader.PathOption or ClientChoice.Option || Numbers.ContainsKey(name);

    /// <summary>The bounds that the options set, or the defaults.</summary>
    public static ReadAheadBounds Bounds(SourceDefinition definition) =>
        new(Number(definition, TotalBytes), Number(definition, PartitionBytes), Number(definition, PartitionRecords));

    /// <summary>Each mistake as a sentence; none when there is none. librdkafka itself is asked about its properties, so it must be installed.</summary>
    public static IReadOnlyList<string> Check(SourceDefinition definition)
    {
        var mistakes = new List<string>();
        if (definition.Topics.Length == 0) mistakes.Add("The Kafka source names no topic to read.");
        if (!definition.Options.ContainsKey("bootstrap.servers") && !definition.Options.ContainsKey("metadata.broker.list"))
            mistakes.Add("Option 'bootstrap.servers' is missing: the addresses of one or more brokers, as host:port.");
        foreach (var (name, value) in definition.Options)
        {
            if (RefusedOptions.Explain(name) is { } refused) mistakes.Add(refused);
            else if (Numbers.TryGetValue(name, out var number)) CheckNumber(mistakes, name, value, number.Least);
        }

        CheckNative(mistakes, definition);
        return mistakes;
    }

    private static void CheckNumber(List<string> mistakes, string name, string value, long least)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least)
            mistakes.Add($"Option '{name}' is '{value}', but must be a whole number of at least {least}.");
    }

    private static void CheckNative(List<string> mistakes, SourceDefinition definition)
    {
        try
        {
            LibrdkafkaLoader.Load(definition.Options.GetValueOrDefault(LibrdkafkaLoader.PathOption));
        }
        catch (DllNotFoundException missing)
        {
            mistakes.Add(missing.Message);
            return;
        }

        using var properties = new NativeProperties();
        foreach (var (name, value) in definition.Options)
        {
            if (IsOurs(name) || RefusedOptions.Contains(name)) continue;
            if (properties.WhatIsWrongWith(name, value) is { } mistake) mistakes.Add(mistake);
        }
    }

    private static long Number(SourceDefinition definition, string name) =>
        definition.Options.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : Numbers[name].Default;
}
