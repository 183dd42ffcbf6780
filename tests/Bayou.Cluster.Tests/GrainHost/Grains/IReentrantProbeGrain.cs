namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.IReentrantProbeGrain")]
public interface IReentrantProbeGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="IProbeGrain.Enter"/>
    [Alias("Enter")]
    Task Enter(string name);

    [Alias("Echo")]
    Task<int> Echo(int number);

    /// <summary>Calls <see cref="Echo"/> of itself.</summary>
    [Alias("EchoThroughSelf")]
    Task<int> EchoThroughSelf(int number);
}
