namespace Orleans.Runtime;

internal sealed class StatelessWorkerPlacement(int maxLocal) : PlacementStrategy
{
    /// <summary>The most activations of one grain.</summary>
    public int MaxLocal { get; } = maxLocal > 0 ? maxLocal : Environment.ProcessorCount;
}
