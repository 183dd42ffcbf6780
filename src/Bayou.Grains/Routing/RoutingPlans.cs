using System.Collections.Concurrent;
using Bayou.Pipelines;

namespace Bayou.Grains.Routing;

/// <summary>The silo's compiled routing plans, and idle shredders for each; a definition's version never changes, so that neither goes stale.</summary>
internal sealed class RoutingPlans
{
    private const int IdleShredders = 4;

    private readonly ConcurrentDictionary<(string Pipeline, int Version), Entry> _entries = new();

    /// <summary>A shredder for a version of a pipeline, to be given back with <see cref="Return"/>.</summary>
    /// <exception cref="PipelineException">The version is not kept.</exception>
    public async ValueTask<RowShredder> RentAsync(IGrainFactory grains, string pipeline, int version)
    {
        if (!_entries.TryGetValue((pipeline, version), out var entry))
        {
            var definition = await grains.GetGrain<IPipelineGrain>(pipeline).GetDefinitionAsync(version)
                ?? throw new PipelineException($"Pipeline {pipeline} keeps no version {version} of its definition, so nothing can be routed under it.");
            entry = _entries.GetOrAdd((pipeline, version), new Entry(RoutingPlan.Compile(definition, version)));
        }

        return entry.Idle.TryTake(out var shredder) ? shredder : new RowShredder(entry.Plan);
    }

    public void Return(string pipeline, int version, RowShredder shredder)
    {
        if (_entries.TryGetValue((pipeline, version), out var entry) && entry.Idle.Count < IdleShredders) entry.Idle.Add(shredder);
    }

    private sealed record Entry(RoutingPlan Plan)
    {
        public ConcurrentBag<RowShredder> Idle { get; } = [];
    }
}
