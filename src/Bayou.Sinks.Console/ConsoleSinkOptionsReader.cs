using System.Globalization;
using Bayou.Definitions;

namespace Bayou.Sinks.Console;

/// <summary>Reads the options of a table, and says what is wrong with them.</summary>
internal static class ConsoleSinkOptionsReader
{
    public const string FormatOption = "format";
    public const string LimitOption = "limit";

    /// <summary>The options; what is wrong is added to <paramref name="errors"/>, and has its default in the result.</summary>
    public static ConsoleSinkOptions Read(TableDefinition table, List<string> errors)
    {
        var (format, limit) = (ConsoleFormat.Pretty, long.MaxValue);
        switch (table.Sink.Options.GetValueOrDefault(FormatOption, "pretty"))
        {
            case "pretty": break;
            case "json": format = ConsoleFormat.Json; break;
            case var other: errors.Add($"{FormatOption} is {other}; it is pretty or json."); break;
        }

        if (table.Sink.Options.TryGetValue(LimitOption, out var text) && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
            errors.Add($"{LimitOption} is {text}; it is a whole number, 0 or more.");
        return errors.Count == 0 ? new ConsoleSinkOptions { Format = format, Limit = limit } : new ConsoleSinkOptions();
    }
}
