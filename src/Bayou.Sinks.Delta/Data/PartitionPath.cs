using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bayou.Definitions;
using Bayou.Slices;

namespace Bayou.Sinks.Delta;

/// <summary>
/// Partition values as text (section "Partition Value Serialization" of the Delta Lake protocol) and the folders that are named after them. Readers
/// take the values from the log; the folders' names are only for people.
/// </summary>
internal static class PartitionPath
{
    private const string Null = "__HIVE_DEFAULT_PARTITION__";
    private const int LongestName = 200; // bytes; file systems allow 255

    /// <summary>True for the kinds of column that can be partitioned by.</summary>
    public static bool Supports(ColumnKind kind) =>
        kind is ColumnKind.String or ColumnKind.Int or ColumnKind.Long or ColumnKind.Bool or ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Decimal;

    /// <summary>The text of a row's value; null for null and for the empty string, which the protocol cannot tell from null.</summary>
    public static string? Text(ColumnView column, ColumnType type, int row)
    {
        if (column.IsNull(row)) return null;
        switch (type.Kind)
        {
            case ColumnKind.String:
                var bytes = column.Bytes(row);
                return bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes);
            case ColumnKind.Int: return column.Fixed<int>()[row].ToString(CultureInfo.InvariantCulture);
            case ColumnKind.Long: return column.Fixed<long>()[row].ToString(CultureInfo.InvariantCulture);
            case ColumnKind.Bool: return column.Fixed<byte>()[row] == 0 ? "false" : "true";
            case ColumnKind.Date: return DateText.Format(column.Fixed<int>()[row]);
            case ColumnKind.Timestamp: return DateText.FormatInstant(column.Fixed<long>()[row]);
            case ColumnKind.Decimal:
                return DecimalText.Format(type.FixedWidth == 8 ? column.Fixed<long>()[row] : column.Fixed<Int128>()[row], type.Scale);
            default: throw new NotSupportedException($"A table cannot be partitioned by a column of type {type}.");
        }
    }

    /// <summary>The folder of files with these values, ending in a slash; empty for a table without partition columns.</summary>
    public static string Folder(IReadOnlyList<TableColumn> columns, IReadOnlyList<string?> values)
    {
        var path = new StringBuilder();
        for (var i = 0; i < columns.Count; i++)
        {
            var name = $"{Escape(columns[i].Name)}={(values[i] is { } value ? Escape(value) : Null)}";
            path.Append(name.Length <= LongestName ? name : Shorten(name)).Append('/');
        }

        return path.ToString();
    }

    /// <summary>A file's path as the log has it: URI-encoded.</summary>
    public static string ToUri(string path) => string.Join('/', path.Split('/').Select(part => Uri.EscapeDataString(part).Replace("%3D", "=", StringComparison.Ordinal)));

    // Escaped names are ASCII, so that characters are bytes.
    private static string Shorten(string name) =>
        $"{name[..(LongestName - 17)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(name)).AsSpan(0, 8))}";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.') escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
