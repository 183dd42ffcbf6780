using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Where activations of a grain class go. With one silo, only <see cref="Concurrency.StatelessWorkerAttribute"/> has an effect.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    /// <summary>Names the strategy.</summary>
    /// <param name="placement">The strategy.</param>
    protected PlacementAttribute(PlacementStrategy placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        PlacementStrategy = placement;
    }

    /// <summary>The strategy.</summary>
    public PlacementStrategy PlacementStrategy { get; }
}
