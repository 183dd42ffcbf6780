namespace Bayou.Simulation.Tests;

/// <summary>A rule of the protocol that a run breaks on purpose, outside of the product.</summary>
public enum Mutation
{
    /// <summary>None: the product as it is.</summary>
    None,

    /// <summary>The sink commits although a cursor is not where the writer believes it to be.</summary>
    FenceIgnored,

    /// <summary>The sink writes all rows of a slice, also those that the ledger has cut off because they were accepted before.</summary>
    ReplayNotTrimmed,

    /// <summary>A table accepts a slice although rows between it and what was accepted before are missing.</summary>
    GapAccepted,
}
