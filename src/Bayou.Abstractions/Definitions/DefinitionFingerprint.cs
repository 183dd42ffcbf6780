using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bayou.Definitions;

/// <summary>
/// Says whether two definitions turn the same events into the same rows. It covers the route, the tables' names, what they match, their metadata flag, and
/// the names, types, paths and <c>required</c> of their columns in order; not the source, the sinks, when is committed, nor earlier names.
/// </summary>
public static class DefinitionFingerprint
{
    // Goes in first, so that a change of what is covered changes every fingerprint.
    private const string Format = "bayou definition 1";

    /// <summary>SHA-256 as 64 lower-case hex digits. The order of tables and of a table's match values makes no difference.</summary>
    public static string Compute(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Format);
        AddAll(hash, definition.Route.Field);
        Add(hash, definition.Route.Unmatched);
        Add(hash, definition.Tables.Length);
        foreach (var table in definition.Tables.OrderBy(t => t.Name, StringComparer.Ordinal)) AddTable(hash, table);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddTable(IncrementalHash hash, TableDefinition table)
    {
        Add(hash, table.Name);
        AddAll(hash, [.. table.Match.Order(StringComparer.Ordinal)]);
        Add(hash, table.Metadata ? 1 : 0);
        Add(hash, table.Columns.Length);
        foreach (var column in table.Columns)
        {
            Add(hash, column.Name);
            Add(hash, (int)column.Type.Kind);
            Add(hash, column.Type.Precision);
            Add(hash, column.Type.Scale);
            AddAll(hash, column.Path);
            Add(hash, column.Required ? 1 : 0);
        }
    }

    private static void AddAll(IncrementalHash hash, string[] texts)
    {
        Add(hash, texts.Length);
        foreach (var text in texts) Add(hash, text);
    }

    // Every text carries its length and every list its count, so that no two definitions run together into the same bytes.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
