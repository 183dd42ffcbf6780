namespace Bayou.Sinks;

/// <summary>
/// The compare-and-set that every transactional sink applies: a commit goes through only if the sink's definition and each named cursor equal what its
/// writer started from. "Stored is lower than mine" would not do: a writer that should be dead could jump over what a rewind took back.
/// </summary>
public static class CommitFence
{
    /// <summary>True when <paramref name="commit"/> may be applied to a sink that holds <paramref name="found"/>.</summary>
    public static bool Admits(SinkState found, SinkCommit commit)
    {
        if (found.Definition != commit.ExpectedDefinition) return false;
        foreach (var move in commit.Cursors)
        {
            long? stored = found.Cursors.TryGetValue(move.Key, out var next) ? next : null;
            if (stored != move.From) return false;
        }

        return true;
    }
}
