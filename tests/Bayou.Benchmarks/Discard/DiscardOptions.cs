using System.Globalization;

namespace Bayou.Benchmarks.Discard;

/// <summary>What the command line of <c>discard</c> says.</summary>
internal sealed record DiscardOptions
{
    public const string Help = """
          discard --bootstrap HOST:PORT --topic NAME    read a whole topic and throw it away, by several clients in turn

            --clients A,B,...   of managed, librdkafka (both as Bayou's source), confluent (a Consume loop), batch (librdkafka's batches);
                                default managed,confluent,batch. The first is compared with each of the others.
            --rounds N          runs of each client, interleaved; default 5
            --warm-up N         times that a run reads the topic before it is measured; default 0
            --set NAME=VALUE    a property for every client; may be repeated
            --gaps              the topic has offsets without records, so that counts are compared with each other only
            --json              print one JSON object instead of tables
        """;

    public required string Bootstrap { get; init; }

    public required string Topic { get; init; }

    public string[] Clients { get; init; } = ["managed", "confluent", "batch"];

    public int Rounds { get; init; } = 5;

    public int WarmUps { get; init; }

    public Dictionary<string, string> Properties { get; init; } = [];

    public bool HasGaps { get; init; }

    public bool AsJson { get; init; }

    /// <summary>The options that the arguments give.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, or one that is needed is missing; the message names it.</exception>
    public static DiscardOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new DiscardOptions { Bootstrap = "", Topic = "" };
        for (var i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"Option {arguments[i - 1]} needs a value.");
            options = arguments[i] switch
            {
                "--bootstrap" => options with { Bootstrap = Value() },
                "--topic" => options with { Topic = Value() },
                "--clients" => options with { Clients = Value().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                "--rounds" => options with { Rounds = Number(Value(), 1) },
                "--warm-up" => options with { WarmUps = Number(Value(), 0) },
                "--set" => options.Set(Value()),
                "--gaps" => options with { HasGaps = true },
                "--json" => options with { AsJson = true },
                var other => throw new ArgumentException($"There is no option {other}."),
            };
        }

        if (options.Bootstrap.Length == 0 || options.Topic.Length == 0) throw new ArgumentException("Options --bootstrap and --topic are needed.");
        return options.Clients.Length > 0 ? options : throw new ArgumentException("Option --clients names no client.");
    }

    private DiscardOptions Set(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) throw new ArgumentException("Option --set needs NAME=VALUE.");
        return this with { Properties = new(Properties) { [pair[..equals]] = pair[(equals + 1)..] } };
    }

    private static int Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ArgumentException($"'{text}' is not a whole number of at least {least}.");
}
