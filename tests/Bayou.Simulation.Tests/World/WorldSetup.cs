using Bayou.Simulation.Tests.Host;

namespace Bayou.Simulation.Tests.World;

/// <summary>What a simulated world begins with.</summary>
internal sealed record WorldSetup
{
    /// <summary>What everything that happens by chance follows from.</summary>
    public required int Seed { get; init; }

    public required Faults Faults { get; init; }

    public required SimulatedTables Tables { get; init; }

    public required int Partitions { get; init; }

    public Mutation Mutation { get; init; }

    /// <summary>Most records of a batch.</summary>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>Most bytes that a table may hold.</summary>
    public long TableBytes { get; init; } = 8 << 20;

    /// <summary>Whether calls copy what they carry.</summary>
    public bool CopyMessages { get; init; } = true;

    /// <summary>Told of what happens, or null.</summary>
    public Action<string>? Journal { get; init; }

    /// <summary>A source of chance for one purpose, apart from those for others, so that what happens does not depend on how the run goes.</summary>
    public Random RandomFor(int purpose) => new(unchecked(Seed * 16 + purpose));
}
