using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>New activations go to any silo. There is only one here.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute : PlacementAttribute
{
    /// <summary>Chooses the strategy.</summary>
    public RandomPlacementAttribute() : base(new LocalPlacement())
    {
    }
}
