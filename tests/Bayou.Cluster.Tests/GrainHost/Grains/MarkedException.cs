namespace Bayou.Cluster.Tests.GrainHost;

[GenerateSerializer]
[Alias("test.MarkedException")]
public sealed class MarkedException(string message, int number) : Exception(message)
{
    [Id(0)]
    public int Number { get; private set; } = number;
}
