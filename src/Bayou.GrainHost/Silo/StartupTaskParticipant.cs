using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Runs a startup task in its stage.</summary>
internal sealed class StartupTaskParticipant(
    IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> task, int stage) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe("Startup task", stage, token => task(services, token));
}
