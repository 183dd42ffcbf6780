namespace Bayou.Cluster.Tests.Doubles;

/// <summary>How a commit goes wrong.</summary>
public enum CommitFault
{
    /// <summary>It fails before it did anything.</summary>
    Before,

    /// <summary>It lands, and its answer is lost.</summary>
    After,

    /// <summary>It lands, and the silo dies.</summary>
    Crash,
}
