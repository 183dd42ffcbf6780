using Orleans;

namespace Bayou.GrainHost.Tests;

[GenerateSerializer]
[Alias("test.envelope")]
[Immutable]
public sealed class Envelope
{
    [Id(0)]
    public List<int> Numbers { get; init; } = [];

    [Id(1)]
    public ReadOnlyMemory<byte> Bytes { get; init; }

    public string NotSent { get; init; } = "default";
}
