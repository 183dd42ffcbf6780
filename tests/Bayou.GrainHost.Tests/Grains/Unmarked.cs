namespace Bayou.GrainHost.Tests;

public sealed class Unmarked
{
    public int Number { get; set; }
}
