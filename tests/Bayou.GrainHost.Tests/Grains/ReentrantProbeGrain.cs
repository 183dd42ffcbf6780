using Orleans.Concurrency;
using Orleans.Runtime;

namespace Bayou.GrainHost.Tests;

[Reentrant]
public sealed class ReentrantProbeGrain(Probe probe, [PersistentState("counter", "memory")] IPersistentState<Counter> counter) : ProbeGrain(probe, counter);
