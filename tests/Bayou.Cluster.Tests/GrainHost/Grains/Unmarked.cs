namespace Bayou.Cluster.Tests.GrainHost;

public sealed class Unmarked
{
    public int Number { get; set; }
}
