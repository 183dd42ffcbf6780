using Bayou.Pipelines;

namespace Bayou.Console.Connections;

/// <summary>A pipeline, or one table of it, as the command line names it: <c>PIPELINE</c>, <c>PIPELINE/TABLE</c>, or <c>TABLE</c> where only one pipeline has it.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Table">The table's name; null for the whole pipeline.</param>
public sealed record Target(string Pipeline, string? Table)
{
    /// <summary>The name as in status and messages.</summary>
    public override string ToString() => Table is null ? $"pipeline {Pipeline}" : $"table {Pipeline}/{Table}";

    /// <summary>Finds what <paramref name="name"/> means.</summary>
    /// <exception cref="CommandFailedException">Nothing has this name, or several tables do.</exception>
    public static async Task<Target> FindAsync(ISiloConnection silo, string name)
    {
        var pipelines = await silo.Directory.ListAsync();
        if (pipelines.Contains(name))
            return new Target(name, null);

        var slash = name.IndexOf('/');
        if (slash > 0)
        {
            var target = new Target(name[..slash], name[(slash + 1)..]);
            return pipelines.Contains(target.Pipeline) ? target : throw Unknown(name, pipelines);
        }

        var owners = new List<string>();
        foreach (var pipeline in pipelines)
            if (await HasTableAsync(silo.Pipeline(pipeline), name))
                owners.Add(pipeline);

        return owners switch
        {
            [var only] => new Target(only, name),
            [] => throw Unknown(name, pipelines),
            _ => throw new CommandFailedException($"several pipelines have a table '{name}'; choose one: {string.Join(", ", owners.Select(owner => $"{owner}/{name}"))}"),
        };
    }

    private static async Task<bool> HasTableAsync(IPipelineGrain pipeline, string table) =>
        (await pipeline.GetStatusAsync()).Tables.Any(status => status.Name == table);

    private static CommandFailedException Unknown(string name, string[] pipelines) => new(
        $"no pipeline or table is called '{name}'; pipelines here: {(pipelines.Length == 0 ? "none" : string.Join(", ", pipelines))}");
}
