using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>New activations go to the silo of the caller. There is only that one here.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute
{
    /// <summary>Chooses the strategy.</summary>
    public PreferLocalPlacementAttribute() : base(new LocalPlacement())
    {
    }
}
