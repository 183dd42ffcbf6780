namespace Bayou.Cluster.Tests.GrainHost;

public sealed class MemoryStoreGrain([PersistentState("counter", "memory")] IPersistentState<Counter> counter) : StoreGrain(counter), IMemoryStoreGrain;
