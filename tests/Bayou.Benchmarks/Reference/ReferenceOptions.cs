using System.Globalization;

namespace Bayou.Benchmarks.Reference;

/// <summary>Options of the benchmark <c>reference</c>.</summary>
internal sealed record ReferenceOptions
{
    public const string Help = """
          reference    the pipeline and the reference program for speed (anchor/ in the shared folder), on the reference's own topic, in turns

            --events N          events of the topic; default 5000000
            --size B            bytes that every event is filled up to; default 0, as they come, about 205; 1200 for wide ones
            --rounds N          runs of each, interleaved; default 5
            --bootstrap HOST:PORT   brokers to use; default a broker of its own
            --topic NAME        a topic there that is full of the reference's events already, instead of a new one
            --json              print one JSON object on standard output; progress goes to standard error
        """;

    public long Events { get; init; } = 5_000_000;

    public int SizeBytes { get; init; }

    public int Rounds { get; init; } = 5;

    public string? Bootstrap { get; init; }

    public string? Topic { get; init; }

    public bool AsJson { get; init; }

    /// <summary>The options that the arguments give.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, or its value is; the message names it.</exception>
    public static ReferenceOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ReferenceOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"Option {arguments[i - 1]} needs a value.");
            options = arguments[i] switch
            {
                "--events" => options with { Events = Number(Value(), 1) },
                "--size" => options with { SizeBytes = Number(Value(), 0) },
                "--rounds" => options with { Rounds = Number(Value(), 1) },
                "--bootstrap" => options with { Bootstrap = Value() },
                "--topic" => options with { Topic = Value() },
                "--json" => options with { AsJson = true },
                var other => throw new ArgumentException($"There is no option {other}."),
            };
        }

        return options is { Topic: not null, Bootstrap: null } ? throw new ArgumentException("Option --topic needs --bootstrap.") : options;
    }

    private static int Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ArgumentException($"'{text}' is not a whole number of at least {least}.");
}
