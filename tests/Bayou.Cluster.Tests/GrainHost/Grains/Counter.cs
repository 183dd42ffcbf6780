namespace Bayou.Cluster.Tests.GrainHost;

[GenerateSerializer]
[Alias("test.Counter")]
public sealed class Counter
{
    [Id(0)]
    public int Value { get; set; }
}
