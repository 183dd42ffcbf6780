namespace Orleans.Runtime;

/// <summary>A way of choosing the silo of an activation.</summary>
public abstract class PlacementStrategy;
