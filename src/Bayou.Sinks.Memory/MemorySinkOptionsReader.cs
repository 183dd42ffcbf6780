using System.Globalization;
using Bayou.Definitions;

namespace Bayou.Sinks.Memory;

/// <summary>Reads the options of a table, and says what is wrong with them.</summary>
internal static class MemorySinkOptionsReader
{
    public const string RowsOption = "rows";
    public const string BytesOption = "bytes";

    /// <summary>The options; what is wrong is added to <paramref name="errors"/>, and has its default in the result.</summary>
    public static MemorySinkOptions Read(TableDefinition table, List<string> errors)
    {
        var defaults = new MemorySinkOptions();
        return new MemorySinkOptions
        {
            Rows = (int)Number(table, RowsOption, 1, 10_000_000, defaults.Rows, errors),
            Bytes = Number(table, BytesOption, 1024, 1L << 40, defaults.Bytes, errors),
        };
    }

    private static long Number(TableDefinition table, string name, long least, long most, long otherwise, List<string> errors)
    {
        if (!table.Sink.Options.TryGetValue(name, out var text)) return otherwise;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        errors.Add($"{name} is {text}; it is a whole number from {least} to {most}.");
        return otherwise;
    }
}
