namespace Bayou.Sinks.Delta;

/// <summary>A top-level column of a table's schema.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The name of a primitive type, or the JSON text of a nested one.</param>
/// <param name="Nullable">Whether a row may lack a value.</param>
/// <param name="Metadata">Keys of the column's metadata.</param>
internal sealed record DeltaField(string Name, string Type, bool Nullable, IReadOnlyList<string> Metadata);
