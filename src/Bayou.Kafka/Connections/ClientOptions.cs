using System.Net.Sockets;
using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Connections;

/// <summary>What a source's options mean to the managed client. Names and defaults are librdkafka's unless a property says otherwise.</summary>
internal sealed record ClientOptions
{
    /// <summary><c>bootstrap.servers</c>: where to ask first.</summary>
    public required IReadOnlyList<HostPort> BootstrapServers { get; init; }

    /// <summary><c>client.id</c>, default <c>bayou</c>.</summary>
    public string ClientId { get; init; } = "bayou";

    /// <summary><c>client.rack</c>: lets brokers name a nearer replica to fetch from; empty means the leader.</summary>
    public string ClientRack { get; init; } = "";

    /// <summary><c>isolation.level</c>, default <c>read_committed</c>.</summary>
    public bool IsReadCommitted { get; init; } = true;

    /// <summary><c>check.crcs</c>, here true by default.</summary>
    public bool CheckCrcs { get; init; } = true;

    /// <summary><c>socket.timeout.ms</c>: how long a request may take; a fetch has <see cref="FetchWaitMax"/> on top.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>socket.connection.setup.timeout.ms</c>: how long connecting may take, with encryption and authentication.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>reconnect.backoff.ms</c>: the first wait before connecting again; it doubles, with jitter.</summary>
    public TimeSpan ReconnectBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary><c>reconnect.backoff.max.ms</c>, here 2 s by default.</summary>
    public TimeSpan ReconnectBackoffMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary><c>fetch.wait.max.ms</c>: how long a broker may keep a fetch that finds nothing.</summary>
    public TimeSpan FetchWaitMax { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary><c>fetch.min.bytes</c>.</summary>
    public int FetchMinBytes { get; init; } = 1;

    /// <summary><c>fetch.max.bytes</c>: what one response may hold, unless its first batch is larger; here 8 MiB by default.</summary>
    public int FetchMaxBytes { get; init; } = 8 << 20;

    /// <summary><c>max.partition.fetch.bytes</c> or <c>fetch.message.max.bytes</c>: what one response may hold of one partition, unless its first batch is larger.</summary>
    public int PartitionFetchBytes { get; init; } = 1 << 20;

    /// <summary><c>receive.message.max.bytes</c>: the largest response, batch or decompressed batch that is taken at all.</summary>
    public int ReceiveMaxBytes { get; init; } = 100_000_000;

    /// <summary><c>topic.metadata.refresh.interval.ms</c>: how often topics are looked at without need; here 30 s by default, so that a topic made anew is noticed. <see cref="Timeout.InfiniteTimeSpan"/>, for 0 and -1, means never.</summary>
    public TimeSpan MetadataInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>bayou.read.ahead.bytes</c>: most bytes held for all live readers together, here 32 MiB by default.</summary>
    public long ReadAheadBytes { get; init; } = 32L << 20;

    /// <summary><c>bayou.read.ahead.partition.bytes</c>: a partition that holds as much is not asked for; here 1 MiB by default.</summary>
    public long ReadAheadPartitionBytes { get; init; } = 1L << 20;

    /// <summary><c>broker.address.family</c>: the addresses of a name that are tried; unspecified means all.</summary>
    public AddressFamily AddressFamily { get; init; } = AddressFamily.Unspecified;

    /// <summary><c>socket.keepalive.enable</c>, here true by default.</summary>
    public bool IsKeepAlive { get; init; } = true;

    /// <summary><c>socket.receive.buffer.bytes</c>; 0 leaves it to the system.</summary>
    public int SocketReceiveBytes { get; init; }

    /// <summary><c>socket.send.buffer.bytes</c>; 0 leaves it to the system.</summary>
    public int SocketSendBytes { get; init; }

    /// <summary><c>connections.max.idle.ms</c>: a connection for questions that was not used for as long is made anew for the next one; zero means never.</summary>
    public TimeSpan ConnectionsMaxIdle { get; init; }

    /// <summary><c>security.protocol</c>.</summary>
    public SecurityProtocol Security { get; init; } = SecurityProtocol.Plaintext;

    /// <summary>The options <c>ssl.*</c>; used when <see cref="IsEncrypted"/>.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The options <c>sasl.*</c>; set when <see cref="IsAuthenticated"/>.</summary>
    public SaslOptions? Sasl { get; init; }

    /// <summary>True when connections use TLS.</summary>
    public bool IsEncrypted => Security is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl;

    /// <summary>True when connections are authenticated by SASL.</summary>
    public bool IsAuthenticated => Security is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;
}
