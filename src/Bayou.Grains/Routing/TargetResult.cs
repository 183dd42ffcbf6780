using Bayou.Grains.Tables;

namespace Bayou.Grains.Routing;

/// <summary>What became of one table's slice.</summary>
[GenerateSerializer, Immutable, Alias("bayou.TargetResult")]
public readonly record struct TargetResult
{
    /// <summary>The table's index in the routing plan.</summary>
    [Id(0)] public int Index { get; init; }

    /// <summary>False when the range has nothing for the table, so that no slice was made.</summary>
    [Id(1)] public bool HadSlice { get; init; }

    /// <summary>The table's answer; null when there was none, so that the outcome is unknown.</summary>
    [Id(2)] public AcceptReply? Reply { get; init; }
}
