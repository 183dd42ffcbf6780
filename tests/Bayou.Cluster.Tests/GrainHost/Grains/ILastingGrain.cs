namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.ILastingGrain")]
public interface ILastingGrain : IGrainWithStringKey
{
    /// <summary>Which activation this is.</summary>
    [Alias("Incarnation")]
    Task<Guid> Incarnation();
}
