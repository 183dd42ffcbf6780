using Orleans;

namespace Bayou.GrainHost.Tests;

[GenerateSerializer]
public sealed class MarkedException(string message, int number) : Exception(message)
{
    [Id(0)]
    public int Number { get; private set; } = number;
}
