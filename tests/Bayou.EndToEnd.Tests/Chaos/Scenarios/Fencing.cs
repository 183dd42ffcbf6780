using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>What a silo says when another one has written to its tables.</summary>
internal static class Fencing
{
    public static bool Says(BayouProcess silo) => Count(silo) > 0;

    /// <summary>How many times it has said so.</summary>
    public static int Count(BayouProcess silo) =>
        silo.Error.Split('\n').Count(line => line.Contains("is fenced: its sink was moved by another writer") || line.Contains("differs from its sink: another writer has moved it"));
}
