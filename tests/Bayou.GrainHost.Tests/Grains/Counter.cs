using Orleans;

namespace Bayou.GrainHost.Tests;

[GenerateSerializer]
public sealed class Counter
{
    [Id(0)]
    public int Value { get; set; }
}
