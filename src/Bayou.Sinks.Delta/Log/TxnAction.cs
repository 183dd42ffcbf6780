namespace Bayou.Sinks.Delta;

/// <summary>How far an application has come (action <c>txn</c>). Here: one cursor of one owner; the version is its next offset.</summary>
/// <param name="AppId">The application; see <see cref="CursorNames"/> for ours.</param>
/// <param name="Version">The application's own counter.</param>
/// <param name="LastUpdated">Milliseconds since 1970, or null.</param>
internal sealed record TxnAction(string AppId, long Version, long? LastUpdated);
