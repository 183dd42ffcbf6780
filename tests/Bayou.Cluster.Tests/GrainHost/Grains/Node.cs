namespace Bayou.Cluster.Tests.GrainHost;

[GenerateSerializer]
[Alias("test.Node")]
public sealed class Node
{
    [Id(0)]
    public string Name { get; set; } = string.Empty;

    [Id(1)]
    public Node? Next { get; set; }

    [Id(2)]
    public List<Node>? Others { get; set; }
}
