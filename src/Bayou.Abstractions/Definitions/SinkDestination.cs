namespace Bayou.Definitions;

/// <summary>Where a sink writes, as far as its options tell: two sinks with equal destinations share rows and cursors.</summary>
public static class SinkDestination
{
    // How to get there (servers, credentials, time limits) may change while the rows stay where they are.
    private static readonly string[] PlaceOptions = ["offsetsSchema", "path", "schema", "table", "topic", "url"];

    /// <summary>The kind and the options that name a place, for example <c>delta path=/lake/orders</c>. Holds no secrets.</summary>
    public static string Describe(SinkDefinition sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var places = PlaceOptions.Where(sink.Options.ContainsKey).Select(name => $"{name}={Redaction.Redact(name, sink.Options[name])}");
        return string.Join(' ', places.Prepend(sink.Kind));
    }

    /// <summary>True when both sinks write to the same place.</summary>
    public static bool AreSame(SinkDefinition a, SinkDefinition b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Kind == b.Kind && PlaceOptions.All(name => a.Options.GetValueOrDefault(name) == b.Options.GetValueOrDefault(name));
    }

    /// <summary>True when the options name a place at all; a console, say, has none.</summary>
    public static bool IsNamed(SinkDefinition sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return PlaceOptions.Any(sink.Options.ContainsKey);
    }
}
