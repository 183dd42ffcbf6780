using System.Net.Sockets;
using Bayou.Definitions;
using Bayou.Kafka.Connections.Options;
using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Connections;

/// <summary>What a source's options, which have librdkafka's names, mean to the managed client. Pure: no file is read.</summary>
internal static class ClientOptionsReader
{
    private static readonly ClientOptions Defaults = new() { BootstrapServers = [] };

    /// <summary>Every option that is read here, by each of its names.</summary>
    public static IReadOnlySet<string> Names
    {
        get
        {
            var values = new OptionValues(new Dictionary<string, string>());
            Read(values);
            return values.Known;
        }
    }

    /// <summary>Why only librdkafka can read with these options, as "option 'x' ...", a sentence; null when the managed client can.</summary>
    public static string? NeedsLibrdkafka(SourceDefinition definition)
    {
        var values = new OptionValues(definition.Options);
        var isAuthenticated = SecurityReader.Protocol(values) is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;
        if (isAuthenticated && SecurityReader.Mechanism(values).Equals("GSSAPI", StringComparison.OrdinalIgnoreCase))
            return values.IsSet("sasl.mechanism", "sasl.mechanisms")
                ? "option 'sasl.mechanism' asks for GSSAPI (Kerberos), which only librdkafka has."
                : "option 'sasl.mechanism' is not set, and its default is GSSAPI (Kerberos), which only librdkafka has.";
        foreach (var (name, value) in definition.Options.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            if (value.Length == 0 || (!isAuthenticated && name.Contains("sasl.", StringComparison.Ordinal))) continue;
            // Without GSSAPI, what Kerberos options say is not asked for.
            if (OptionNames.LibrdkafkaOnly.Contains(name) && !name.StartsWith("sasl.kerberos.", StringComparison.Ordinal)) return $"option '{name}' is one that only librdkafka has.";
            if (OptionNames.LibrdkafkaValues.TryGetValue(name, out var only) && only.Equals(value, StringComparison.OrdinalIgnoreCase))
                return $"option '{name}' is '{only}', which only librdkafka can do.";
        }

        return null;
    }

    /// <summary>Reads the options of a definition that does not need librdkafka.</summary>
    public static ReadOptions Read(SourceDefinition definition)
    {
        var values = new OptionValues(definition.Options);
        if (definition.Topics.Length == 0) values.Mistake("The Kafka source names no topic to read.");
        var options = Read(values);
        if (options.ReceiveMaxBytes - 512L < options.FetchMaxBytes)
            values.Mistake($"Option 'receive.message.max.bytes' is '{options.ReceiveMaxBytes}', but must be at least 512 more than 'fetch.max.bytes', which is '{options.FetchMaxBytes}'.");
        var known = values.Known.Append(ClientChoice.Option).Concat(OptionNames.LibrdkafkaValues.Keys).ToHashSet();
        var without = new List<string>();
        foreach (var name in definition.Options.Keys.Order(StringComparer.Ordinal))
        {
            if (RefusedOptions.Explain(name) is { } refused) values.Mistake(refused);
            else if (OptionNames.WithoutEffect.Contains(name) || OptionNames.LibrdkafkaOnly.Contains(name)) without.Add(name);
            else if (!known.Contains(name)) values.Mistake(Unknown(name, known));
        }

        return new ReadOptions(values.Mistakes.Count == 0 ? options : null, values.Mistakes, without);
    }

    private static string Unknown(string name, HashSet<string> known)
    {
        var meant = NearestOption.Find(name, known.Concat(OptionNames.WithoutEffect).Concat(OptionNames.LibrdkafkaOnly));
        return $"Option '{OutsideText.Shown(name)}' is not known{(meant is null ? "." : $"; did you mean '{meant}'?")}";
    }

    private static ClientOptions Read(OptionValues values)
    {
        var fetchMax = (int)values.Number(Defaults.FetchMaxBytes, 0, 2_147_483_135, "fetch.max.bytes");
        var security = SecurityReader.Protocol(values);
        var isAuthenticated = security is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;
        return new ClientOptions
        {
            BootstrapServers = BootstrapServers.Read(values),
            ClientId = values.Text("client.id") ?? Defaults.ClientId,
            ClientRack = values.Text("client.rack") ?? Defaults.ClientRack,
            IsReadCommitted = values.Choice(Defaults.IsReadCommitted, ["isolation.level"], ("read_committed", true), ("read_uncommitted", false)),
            CheckCrcs = values.Flag(Defaults.CheckCrcs, "check.crcs"),
            RequestTimeout = values.Milliseconds(Defaults.RequestTimeout, 10, 300_000, "socket.timeout.ms"),
            ConnectTimeout = values.Milliseconds(Defaults.ConnectTimeout, 1_000, int.MaxValue, "socket.connection.setup.timeout.ms"),
            ReconnectBackoff = values.Milliseconds(Defaults.ReconnectBackoff, 0, 3_600_000, "reconnect.backoff.ms"),
            ReconnectBackoffMax = values.Milliseconds(Defaults.ReconnectBackoffMax, 0, 3_600_000, "reconnect.backoff.max.ms"),
            FetchWaitMax = values.Milliseconds(Defaults.FetchWaitMax, 0, 300_000, "fetch.wait.max.ms"),
            FetchMinBytes = (int)values.Number(Defaults.FetchMinBytes, 1, 100_000_000, "fetch.min.bytes"),
            FetchMaxBytes = fetchMax,
            PartitionFetchBytes = (int)values.Number(Defaults.PartitionFetchBytes, 1, 1_000_000_000, "max.partition.fetch.bytes", "fetch.message.max.bytes"),
            ReceiveMaxBytes = (int)values.Number(Math.Max(Defaults.ReceiveMaxBytes, fetchMax + 512), 1_000, int.MaxValue, "receive.message.max.bytes"),
            MetadataInterval = MetadataInterval(values),
            ReadAheadBytes = values.Number(Defaults.ReadAheadBytes, 1 << 20, long.MaxValue, "bayou.read.ahead.bytes"),
            ReadAheadPartitionBytes = values.Number(Defaults.ReadAheadPartitionBytes, 64 << 10, long.MaxValue, "bayou.read.ahead.partition.bytes"),
            AddressFamily = values.Choice(
                AddressFamily.Unspecified, ["broker.address.family"], ("any", AddressFamily.Unspecified), ("v4", AddressFamily.InterNetwork), ("v6", AddressFamily.InterNetworkV6)),
            IsKeepAlive = values.Flag(Defaults.IsKeepAlive, "socket.keepalive.enable"),
            SocketReceiveBytes = (int)values.Number(Defaults.SocketReceiveBytes, 0, 100_000_000, "socket.receive.buffer.bytes"),
            SocketSendBytes = (int)values.Number(Defaults.SocketSendBytes, 0, 100_000_000, "socket.send.buffer.bytes"),
            ConnectionsMaxIdle = values.Milliseconds(Defaults.ConnectionsMaxIdle, 0, int.MaxValue, "connections.max.idle.ms"),
            Security = security,
            Tls = SecurityReader.Tls(values),
            Sasl = SecurityReader.Sasl(values, isAuthenticated),
        };
    }

    private static TimeSpan MetadataInterval(OptionValues values)
    {
        var interval = values.Milliseconds(Defaults.MetadataInterval, -1, 3_600_000, "topic.metadata.refresh.interval.ms");
        return interval > TimeSpan.Zero ? interval : Timeout.InfiniteTimeSpan;
    }
}
