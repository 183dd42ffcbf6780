namespace Bayou.Cluster.Tests.GrainHost;

[KeepAlive]
public sealed class LastingGrain : Grain, ILastingGrain
{
    private readonly Guid _incarnation = Guid.NewGuid();

    public Task<Guid> Incarnation() => Task.FromResult(_incarnation);
}
