using Orleans.Concurrency;

namespace Bayou.Cluster.Tests.GrainHost;

[StatelessWorker(2)]
public sealed class WorkerGrain(Probe probe) : Grain, IWorkerGrain
{
    private readonly Guid _id = Guid.NewGuid();

    public async Task<Guid> Work(string name)
    {
        probe.Tell($"{name} began");
        await probe.Gate("work");
        return _id;
    }
}
