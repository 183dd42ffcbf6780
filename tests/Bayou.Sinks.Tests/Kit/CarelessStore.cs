using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Kit;

/// <summary>A destination in memory: rows, and for each owner its state.</summary>
internal sealed class CarelessStore
{
    public Lock Gate { get; } = new();

    public List<Func<StoredRow>> Rows { get; } = [];

    public Dictionary<string, SinkState> States { get; } = [];

    public HashSet<string> Batches { get; } = [];
}
