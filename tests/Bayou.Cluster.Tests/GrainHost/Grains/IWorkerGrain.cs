namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithIntegerKey
{
    /// <summary>Waits at the gate "work" and says which activation it is.</summary>
    [Alias("Work")]
    Task<Guid> Work(string name);
}
