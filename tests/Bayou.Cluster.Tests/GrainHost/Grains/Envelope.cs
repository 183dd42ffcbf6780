namespace Bayou.Cluster.Tests.GrainHost;

[GenerateSerializer]
[Alias("test.Envelope")]
public sealed class Envelope
{
    [Id(0)]
    public List<int> Numbers { get; init; } = [];

    [Id(1)]
    public ReadOnlyMemory<byte> Bytes { get; init; }

    [field: NonSerialized]
    public string NotSent { get; init; } = "default";
}
