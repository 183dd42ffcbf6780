namespace Bayou.Sinks.Delta;

/// <summary>A file below a table's root.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>; not encoded.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Modified">When it was last written.</param>
internal readonly record struct StoredFile(string Path, long Bytes, DateTimeOffset Modified);
