using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>New activations go to the silo that the grain id's hash chooses. There is only one here.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class HashBasedPlacementAttribute : PlacementAttribute
{
    /// <summary>Chooses the strategy.</summary>
    public HashBasedPlacementAttribute() : base(new LocalPlacement())
    {
    }
}
