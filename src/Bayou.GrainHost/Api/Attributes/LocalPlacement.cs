namespace Orleans.Runtime;

internal sealed class LocalPlacement : PlacementStrategy;
