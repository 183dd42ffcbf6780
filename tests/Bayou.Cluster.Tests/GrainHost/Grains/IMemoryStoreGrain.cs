namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.IMemoryStoreGrain")]
public interface IMemoryStoreGrain : IStoreGrain;
