namespace Bayou.Sinks.Postgres;

/// <summary>A table as the server has it now.</summary>
/// <param name="Id">The server's id of the table; another one after it was dropped and made again.</param>
/// <param name="Kind"><c>r</c> for a table, <c>p</c> for a partitioned one.</param>
/// <param name="Persistence"><c>p</c> for a table that survives a crash of the server.</param>
/// <param name="Shape">Columns, types and defaults as one text: equal as long as nothing about them changed.</param>
/// <param name="Columns">The columns.</param>
internal sealed record CatalogTable(uint Id, char Kind, char Persistence, string Shape, IReadOnlyList<CatalogColumn> Columns);
