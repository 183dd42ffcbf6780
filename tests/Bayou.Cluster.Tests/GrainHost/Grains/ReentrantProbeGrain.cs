using Orleans.Concurrency;

namespace Bayou.Cluster.Tests.GrainHost;

[Reentrant]
public sealed class ReentrantProbeGrain(Probe probe) : Grain, IReentrantProbeGrain
{
    public async Task Enter(string name)
    {
        probe.Tell($"{name} began");
        await probe.Gate(name);
        probe.Tell($"{name} ended");
    }

    public Task<int> Echo(int number) => Task.FromResult(number);

    public Task<int> EchoThroughSelf(int number) => this.AsReference<IReentrantProbeGrain>().Echo(number);
}
