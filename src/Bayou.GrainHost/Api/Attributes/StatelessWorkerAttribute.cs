using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency;

/// <summary>Each grain of the class is a pool of interchangeable activations on the calling silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>A pool with as many activations as the machine has cores.</summary>
    public StatelessWorkerAttribute() : base(new StatelessWorkerPlacement(-1))
    {
    }

    /// <summary>A pool with at most the given number of activations.</summary>
    /// <param name="maxLocalWorkers">The most activations of one grain; not positive: one for each core.</param>
    public StatelessWorkerAttribute(int maxLocalWorkers) : base(new StatelessWorkerPlacement(maxLocalWorkers))
    {
    }
}
