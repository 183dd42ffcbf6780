using System.Globalization;

namespace Bayou.Kafka.Connections.Options;

/// <summary>Reads the list of brokers to ask first: <c>host</c>, <c>host:port</c> or <c>[address]:port</c>, with commas in between.</summary>
internal static class BootstrapServers
{
    private const int DefaultPort = 9092;

    /// <summary>The addresses; what is wrong goes to <paramref name="values"/>.</summary>
    public static IReadOnlyList<HostPort> Read(OptionValues values)
    {
        if (values.Text("bootstrap.servers", "metadata.broker.list") is not { } text)
        {
            values.Mistake("Option 'bootstrap.servers' is missing: the addresses of one or more brokers, as host:port.");
            return [];
        }

        var brokers = new List<HostPort>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(part) is { } broker) brokers.Add(broker);
            else values.Mistake($"Option 'bootstrap.servers' has '{OutsideText.Shown(part)}', but must have addresses as host:port, with commas in between.");
        }

        if (brokers.Count == 0 && values.Mistakes.Count == 0) values.Mistake("Option 'bootstrap.servers' is empty: give the addresses of one or more brokers, as host:port.");
        return brokers;
    }

    private static HostPort? Parse(string text)
    {
        // librdkafka allows PLAINTEXT://host:port and the like; security.protocol says the same.
        var from = text.IndexOf("://", StringComparison.Ordinal);
        if (from >= 0) text = text[(from + 3)..];
        var end = text.StartsWith('[') ? text.IndexOf(']') : -1;
        if (text.StartsWith('[') && end < 0) return null;
        var colon = text.IndexOf(':', end + 1);
        var host = end >= 0 ? text[1..end] : colon < 0 ? text : text[..colon];
        if (host.Length == 0 || (end >= 0 && colon != end + 1 && text.Length != end + 1)) return null;
        if (end < 0 && Uri.CheckHostName(host) == UriHostNameType.Unknown) return null;
        if (end >= 0 && Uri.CheckHostName(host) != UriHostNameType.IPv6) return null;
        if (colon < 0) return new HostPort(host, DefaultPort);
        return int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? new HostPort(host, port) : null;
    }
}
