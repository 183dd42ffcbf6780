namespace Bayou.Sinks.Postgres;

/// <summary>A column as the server has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">The type's name in <c>pg_catalog</c>, such as <c>int8</c>; <c>schema.name</c> for types from elsewhere.</param>
/// <param name="Declared">The type as declared, such as <c>numeric(12,2)</c>.</param>
/// <param name="NumericScale">The declared scale of a numeric; null when it takes any.</param>
/// <param name="MustHaveValue">True when a row that does not name the column is refused.</param>
/// <param name="IsGenerated">True when the server computes its values.</param>
internal sealed record CatalogColumn(string Name, string TypeName, string Declared, int? NumericScale, bool MustHaveValue, bool IsGenerated);
