namespace Bayou.Sinks.Postgres;

/// <summary>A row that the server refused by itself.</summary>
/// <param name="Row">The row; a range of one.</param>
/// <param name="SqlState">The server's code.</param>
/// <param name="Reason">The server's own words.</param>
internal sealed record RejectedRow(RowRange Row, string SqlState, string Reason);
