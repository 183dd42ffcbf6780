using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>A top-level column of a Delta table.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="TypeName">The type's name in the table's schema; for a nested type its JSON text.</param>
/// <param name="Type">The type as a pipeline file has it; null for one that it cannot name, which cannot be read either.</param>
/// <param name="IsPartitionColumn">True when the values are in the log and not in the data files.</param>
public sealed record DeltaColumn(string Name, string TypeName, ColumnType? Type, bool IsPartitionColumn);
