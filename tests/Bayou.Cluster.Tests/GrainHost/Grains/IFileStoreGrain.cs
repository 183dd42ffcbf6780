namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.IFileStoreGrain")]
public interface IFileStoreGrain : IStoreGrain;
