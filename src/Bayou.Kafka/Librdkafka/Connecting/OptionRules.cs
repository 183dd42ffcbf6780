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

    private static readonly Dictionary<string, string> Refused = new()
    {
        ["enable.auto.commit"] = "tables commit their own cursors, so the client must not commit by itself",
        ["enable.auto.offset.store"] = "tables commit their own cursors, so the client must not store offsets by itself",
        ["auto.commit.interval.ms"] = "the client does not commit by itself",
        ["auto.offset.reset"] = "a lost position is a data-loss decision and is never skipped silently; see the source's onDataLoss",
        ["enable.partition.eof"] = "reading depends on it and switches it on",
        ["group.id"] = "partitions are not divided by a consumer group; progress is published to the group that the pipeline names",
        ["group.instance.id"] = "partitions are not divided by a consumer group",
        ["group.protocol"] = "partitions are not divided by a consumer group",
        ["partition.assignment.strategy"] = "partitions are not divided by a consumer group",
        ["allow.auto.create.topics"] = "a source never creates a topic",
        ["max.poll.interval.ms"] = "a source that holds back must not lose its partitions, so it is set to its largest value",
        ["key.deserializer"] = "keys are read as bytes",
        ["value.deserializer"] = "values are read as bytes; how they are decoded is a matter of the routes",
        ["test.mock.num.brokers"] = "a source reads from real brokers",
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
            if (Refused.TryGetValue(name, out var reason)) mistakes.Add($"Option '{name}' cannot be set: {reason}. Remove it.");
            else if (name.StartsWith("dotnet.", StringComparison.Ordinal)) mistakes.Add($"Option '{name}' cannot be set: it concerns how this program uses its client. Remove it.");
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
            if (IsOurs(name) || Refused.ContainsKey(name) || name.StartsWith("dotnet.", StringComparison.Ordinal)) continue;
            if (properties.WhatIsWrongWith(name, value) is { } mistake) mistakes.Add(mistake);
        }
    }

    private static long Number(SourceDefinition definition, string name) =>
        definition.Options.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : Numbers[name].Default;
}
