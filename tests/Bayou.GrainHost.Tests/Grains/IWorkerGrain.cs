using Orleans;

namespace Bayou.GrainHost.Tests;

public interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<Guid> Work(string name);
}
