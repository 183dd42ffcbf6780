namespace Bayou.Cluster.Tests.GrainHost;

public sealed class FileStoreGrain([PersistentState("counter", "files")] IPersistentState<Counter> counter) : StoreGrain(counter), IFileStoreGrain;
