using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bayou.Sinks.Postgres;

/// <summary>A table's name as the server keeps it: case matters, and nothing is quoted.</summary>
/// <param name="Schema">The schema; null where the connection decides.</param>
/// <param name="Name">The table.</param>
public sealed record TableName(string? Schema, string Name)
{
    /// <summary>Bytes that the server keeps of a name; it cuts longer ones off without an error.</summary>
    internal const int MostBytes = 63;

    /// <summary>Reads <c>table</c>, <c>schema.table</c> or, where a name has dots, <c>"sche.ma"."tab.le"</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TableName? name)
    {
        name = null;
        var at = 0;
        if (!TryReadPart(text, ref at, out var first)) return false;
        if (at == text.Length)
        {
            name = new TableName(null, first);
            return true;
        }

        at++;
        if (!TryReadPart(text, ref at, out var second) || at != text.Length) return false;
        name = new TableName(first, second);
        return true;
    }

    /// <summary>A name as SQL takes it literally.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>True when the server would keep the name as it is.</summary>
    public static bool IsName(string identifier) =>
        identifier.Length > 0 && !identifier.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(identifier) <= MostBytes;

    /// <summary>The name as SQL takes it literally.</summary>
    public string Quoted => Schema is null ? Quote(Name) : $"{Quote(Schema)}.{Quote(Name)}";

    /// <summary><c>schema.table</c>, for messages.</summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";

    // Ends at a dot or at the end of the text.
    private static bool TryReadPart(string text, ref int at, out string part)
    {
        var read = new StringBuilder();
        var isQuoted = at < text.Length && text[at] == '"';
        if (isQuoted) at++;
        for (; at < text.Length; at++)
        {
            if (isQuoted && text[at] == '"')
            {
                if (at + 1 == text.Length || text[at + 1] != '"')
                {
                    isQuoted = false;
                    at++;
                    break;
                }

                at++;
            }
            else if (!isQuoted && text[at] is '.' or '"')
            {
                break;
            }

            read.Append(text[at]);
        }

        part = read.ToString();
        return !isQuoted && IsName(part) && (at == text.Length || text[at] == '.');
    }
}
