using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Cli.Sampling;

/// <summary>Real records of a pipeline's source and what would become of them. Nothing is written anywhere.</summary>
internal sealed record Sample(PipelineDefinition Pipeline, string From, IReadOnlyList<SampledRecord> Records)
{
    /// <summary>Sample the beginning of what the source has kept.</summary>
    public const string Earliest = "earliest";

    /// <summary>Sample the end.</summary>
    public const string Latest = "latest";

    /// <summary>Reads and routes up to <paramref name="count"/> records.</summary>
    public static async Task<Sample> TakeAsync(ISourceFactory sources, PipelineDefinition pipeline, int count, string from, CancellationToken cancellationToken)
    {
        await using var source = await sources.OpenAsync(pipeline.Source, cancellationToken);
        var batches = await new SampleReader(source, pipeline.Source.Topics, from == Latest).ReadAsync(count, cancellationToken);
        var router = new SampleRouter(pipeline);
        var records = new List<SampledRecord>();
        foreach (var batch in batches)
        {
            records.AddRange(router.Route(batch));
            batch.Release();
        }

        return new Sample(pipeline, from, records);
    }

    /// <summary>Records that the route drops.</summary>
    public int Filtered => Records.Count(record => record.Outcomes.Length == 0);

    /// <summary>Rows and quarantined records of each table, in file order; last, under a null name, those of no table.</summary>
    public IEnumerable<(string? Table, int Rows, int Quarantined)> Counts()
    {
        var outcomes = Records.SelectMany(record => record.Outcomes).ToLookup(outcome => outcome.Table);
        return Pipeline.Tables.Select(table => (string?)table.Name).Append(null)
            .Select(table => (table, outcomes[table].Count(outcome => outcome.Row is not null), outcomes[table].Count(outcome => outcome.Row is null)));
    }
}
