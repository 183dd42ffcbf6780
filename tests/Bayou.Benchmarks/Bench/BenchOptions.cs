using System.Globalization;

namespace Bayou.Benchmarks.Bench;

/// <summary>Options of the benchmark <c>bench</c>.</summary>
internal sealed record BenchOptions
{
    public const string Help = """
          bench    the whole path from a topic to tables: speed, latency, what idling and growing cost; what ./bayou bench starts

            --events N          events of the topic; default 2000000
            --size B            bytes that every event is filled up to; default 0, as they come, about 215
            --tables N          event types, each with a table; default 10
            --partitions N      partitions of the topic; default 50
            --sink delta|discard    what the tables are; discard encodes and writes nothing; default delta
            --rounds N          runs of each contestant, interleaved; default 3
            --only PARTS        of discard,pipeline,baseline,latency,idle,frozen,partitions,tables; default all
            --seconds N         how long each latency is measured, and idling for a third of it; default 60
            --bootstrap HOST:PORT   brokers to use; their topics of this run are deleted at the end. Default: a broker of its own
            --json              print one JSON object on standard output; progress goes to standard error
        """;

    /// <summary>Most events of the topic that a silo lands before it is measured warm.</summary>
    public const long WarmUpEvents = 400_000;

    /// <summary>The parts, in the order in which they run.</summary>
    public static readonly string[] AllParts = ["discard", "pipeline", "baseline", "latency", "idle", "frozen", "partitions", "tables"];

    public long Events { get; init; } = 2_000_000;

    public int SizeBytes { get; init; }

    public int Tables { get; init; } = 10;

    public int Partitions { get; init; } = 50;

    public string Sink { get; init; } = "delta";

    public int Rounds { get; init; } = 3;

    public string[] Parts { get; init; } = AllParts;

    public int Seconds { get; init; } = 60;

    public string? Bootstrap { get; init; }

    public bool AsJson { get; init; }

    /// <summary>The options that the arguments give.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, or its value is; the message names it.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"Option {arguments[i - 1]} needs a value.");
            options = arguments[i] switch
            {
                "--events" => options with { Events = Number(Value(), 1, long.MaxValue) },
                "--size" => options with { SizeBytes = (int)Number(Value(), 0, Load.LoadOptions.MaxSizeBytes) },
                "--tables" => options with { Tables = (int)Number(Value(), 1, Load.LoadOptions.MaxTypes) },
                "--partitions" => options with { Partitions = (int)Number(Value(), 1, 10_000) },
                "--sink" => options with { Sink = OneOf(Value(), "delta", Pipelines.Sinks.DiscardSinkFactory.Name) },
                "--rounds" => options with { Rounds = (int)Number(Value(), 1, 1000) },
                "--only" => options with { Parts = [.. Value().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => OneOf(part, AllParts))] },
                "--seconds" => options with { Seconds = (int)Number(Value(), 3, 3600) },
                "--bootstrap" => options with { Bootstrap = Value() },
                "--json" => options with { AsJson = true },
                var other => throw new ArgumentException($"There is no option {other}."),
            };
        }

        return options.Parts.Length > 0 ? options : throw new ArgumentException("Option --only names no part.");
    }

    private static string OneOf(string text, params string[] known) =>
        known.Contains(text) ? text : throw new ArgumentException($"There is no '{text}' here; there are {string.Join(", ", known)}.");

    private static long Number(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"'{text}' is not a whole number from {least} to {most}.");
}
