using System.Text;
using Bayou.Definitions;
using Bayou.PipelineFile;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Tests.PipelineFile;

/// <summary>Pipeline files for the tests, read as <c>/etc/bayou/shop.yaml</c> with a fixed environment.</summary>
internal static class Files
{
    public const string Path = "/etc/bayou/shop.yaml";

    public static readonly IReadOnlyList<ISinkFactory> Sinks = [StandInSinkFactory.Delta, StandInSinkFactory.Probe];

    public static readonly IReadOnlyList<ISourceFactory> Sources = [new StandInSourceFactory("kafka"), new StandInSourceFactory("memory")];

    /// <summary>A file with every part; the lines below are counted by the tests of messages.</summary>
    public const string Shop = """
        name: shop
        source:
          kafka: { bootstrapServers: 127.0.0.1:9092, topics: [events], start: earliest }
        route: { field: event_type, unmatched: quarantine }
        quarantine: { delta: { path: ./lake/quarantine } }
        tables:
          orders:
            match: [order]
            columns:
              event_id: string
              ts: timestamp
              user_id: { type: long, required: true }
              amount: decimal(12,2)
              note: { type: string, from: payload.note }
              country: string
            sink: { delta: { path: ./lake/orders, partitionBy: [country] } }
            commit: { every: 1s, rows: 500000 }
        """;

    public static PipelineDefinition Read(string text) => PipelineFileReader.Parse(Encoding.UTF8.GetBytes(text), Path, Sinks, Sources, Environment);

    /// <summary>The problems of a file, as <c>line:column: message</c>.</summary>
    public static string[] Problems(string text)
    {
        var e = Assert.Throws<PipelineFileException>(() => Read(text));
        Assert.Equal(string.Join('\n', e.Problems), e.Message);
        Assert.All(e.Problems, p => Assert.Equal(Path, p.File));
        return [.. e.Problems.Select(p => $"{p.Line}:{p.Column}: {p.Message}")];
    }

    /// <summary>The sample with one piece replaced, which must be there exactly once.</summary>
    public static string With(string piece, string replacement)
    {
        Assert.Equal(2, Shop.Split(piece).Length);
        return Shop.Replace(piece, replacement, StringComparison.Ordinal);
    }

    private static string? Environment(string name) => name switch
    {
        "BROKER" => "broker-1:9092",
        "SECRET" => "hunter2",
        "TRICKY" => "x, y: [${BROKER}] # $$",
        "EMPTY" => "",
        _ => null,
    };
}
