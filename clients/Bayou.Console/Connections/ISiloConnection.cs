using Bayou.Memory;
using Bayou.Pipelines;
using Bayou.Silos;

namespace Bayou.Console.Connections;

/// <summary>A client's connection to a running silo.</summary>
public interface ISiloConnection : IAsyncDisposable
{
    /// <summary>The silo.</summary>
    SiloRecord Silo { get; }

    /// <summary>The names of its pipelines.</summary>
    IPipelineDirectoryGrain Directory { get; }

    /// <summary>A pipeline by name; it need not exist.</summary>
    IPipelineGrain Pipeline(string name);

    /// <summary>The rows of a table in memory; it need not exist.</summary>
    IMemoryTableGrain MemoryTable(string pipeline, string table);
}
