using System.Globalization;
using System.Text;

namespace Bayou.Load;

/// <summary>The text of a pipeline file that lands a generator's events: one table with typed columns for each event type.</summary>
public static class DemoPipeline
{
    /// <summary>The file's text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of types is not 1 to 1000.</exception>
    public static string Create(DemoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Types, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Types, LoadOptions.MaxTypes);
        var folder = options.LakeFolder.TrimEnd('/');
        var text = new StringBuilder();
        Line(text, $"name: {Quote(options.Name)}");
        Line(text, "source:");
        Line(text, "  kafka:");
        Line(text, $"    bootstrapServers: {Quote(options.BootstrapServers)}");
        Line(text, $"    topics: [{Quote(options.Topic)}]");
        Line(text, "    start: earliest");
        Line(text, "route: { field: event_type, unmatched: quarantine }");
        Line(text, $"quarantine: {{ delta: {{ path: {Quote(folder + "/quarantine")} }} }}");
        Line(text, "tables:");
        foreach (var type in EventCatalog.Take(options.Types)) AddTable(text, type, folder, options.Note);
        return text.ToString();
    }

    private static void AddTable(StringBuilder text, EventType type, string folder, bool note)
    {
        Line(text, $"  {type.Name}:");
        Line(text, $"    match: [{type.Name}]");
        Line(text, "    columns:");
        Line(text, "      event_id: string");
        Line(text, "      ts: timestamp");
        Line(text, "      user_id: { type: long, required: true }");
        // y alone is a flag to some readers of YAML.
        foreach (var field in type.Fields) Line(text, $"      {(field.Name == "y" ? "\"y\"" : field.Name)}: {field.ColumnType}");
        if (note) Line(text, "      note: string");
        Line(text, $"    sink: {{ delta: {{ path: {Quote($"{folder}/{type.Name}")} }} }}");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    // A dollar sign would otherwise begin the name of an environment variable.
    private static string Quote(string value)
    {
        if (value.Length > 0 && char.IsAsciiLetter(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-')) return value;
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '$') quoted.Append("$$");
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
