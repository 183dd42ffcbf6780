using Bayou.Definitions;

namespace Bayou.Sinks.Postgres;

/// <summary>A column that rows are written to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values here.</param>
/// <param name="Wire">How they are written.</param>
/// <param name="Index">Its index in a row block; below zero for a metadata column, as <see cref="TableLayout"/> numbers them.</param>
internal sealed record TargetColumn(string Name, ColumnType Type, WireType Wire, int Index);
