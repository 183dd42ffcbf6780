namespace Bayou.Kafka.Connections.Options;

/// <summary>librdkafka's options beside those that the managed client reads.</summary>
internal static class OptionNames
{
    /// <summary>Options that librdkafka alone can fulfil. What they ask for matters, so it is not passed over.</summary>
    public static readonly IReadOnlySet<string> LibrdkafkaOnly = new HashSet<string>
    {
        "ssl.engine.location", "ssl.engine.id", "ssl.providers", "ssl.cipher.suites", "ssl.curves.list", "ssl.sigalgs.list", "ssl.crl.location", "ssl.ca.certificate.stores",
        "sasl.kerberos.service.name", "sasl.kerberos.principal", "sasl.kerberos.kinit.cmd", "sasl.kerberos.keytab", "sasl.kerberos.min.time.before.relogin",
        "sasl.oauthbearer.config", "sasl.oauthbearer.assertion.algorithm", "sasl.oauthbearer.assertion.private.key.file",
        "sasl.oauthbearer.assertion.private.key.passphrase", "sasl.oauthbearer.assertion.private.key.pem", "sasl.oauthbearer.assertion.file",
        "sasl.oauthbearer.assertion.claim.aud", "sasl.oauthbearer.assertion.claim.exp.seconds", "sasl.oauthbearer.assertion.claim.iss",
        "sasl.oauthbearer.assertion.claim.jti.include", "sasl.oauthbearer.assertion.claim.nbf.seconds", "sasl.oauthbearer.assertion.claim.sub",
        "sasl.oauthbearer.assertion.jwt.template.file", "plugin.library.paths",
    };

    /// <summary>Options with one value that librdkafka alone can fulfil; any other value changes nothing here.</summary>
    public static readonly IReadOnlyDictionary<string, string> LibrdkafkaValues = new Dictionary<string, string>
    {
        ["enable.sasl.oauthbearer.unsecure.jwt"] = "true",
        ["sasl.oauthbearer.grant.type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
        ["sasl.oauthbearer.metadata.authentication.type"] = "azure_imds",
        ["client.dns.lookup"] = "resolve_canonical_bootstrap_servers_only",
    };

    /// <summary>Options that are about how librdkafka works inside, or about producing or groups: accepted and passed over.</summary>
    public static readonly IReadOnlySet<string> WithoutEffect = new HashSet<string>
    {
        "builtin.features", "message.max.bytes", "message.copy.max.bytes", "max.in.flight.requests.per.connection", "max.in.flight", "metadata.recovery.strategy",
        "metadata.recovery.rebootstrap.trigger.ms", "metadata.max.age.ms", "topic.metadata.refresh.fast.interval.ms", "topic.metadata.refresh.fast.cnt",
        "topic.metadata.refresh.sparse", "topic.metadata.propagation.max.ms", "topic.blacklist", "debug", "socket.blocking.max.ms", "socket.nagle.disable",
        "socket.max.fails", "broker.address.ttl", "reconnect.backoff.jitter.ms", "statistics.interval.ms", "enabled_events", "log_level", "log.queue", "log.thread.name",
        "enable.random.seed", "log.connection.close", "internal.termination.signal", "api.version.request", "api.version.request.timeout.ms",
        "api.version.fallback.ms", "broker.version.fallback", "session.timeout.ms", "heartbeat.interval.ms", "group.protocol.type", "group.remote.assignor",
        "coordinator.query.interval.ms", "queued.min.messages", "queued.max.messages.kbytes", "fetch.queue.backoff.ms", "fetch.error.backoff.ms", "offset.store.method",
        "offset.store.path", "offset.store.sync.interval.ms", "consume.callback.max.messages", "auto.commit.enable", "retry.backoff.ms", "retry.backoff.max.ms",
        "enable.metrics.push", "transactional.id", "transaction.timeout.ms", "enable.idempotence", "enable.gapless.guarantee", "queue.buffering.max.messages",
        "queue.buffering.max.kbytes", "queue.buffering.max.ms", "linger.ms", "message.send.max.retries", "retries", "queue.buffering.backpressure.threshold",
        "compression.codec", "compression.type", "compression.level", "batch.num.messages", "batch.size", "delivery.report.only.error", "sticky.partitioning.linger.ms",
        "request.required.acks", "acks", "request.timeout.ms", "message.timeout.ms", "delivery.timeout.ms", "queuing.strategy", "produce.offset.report", "partitioner",
        "librdkafka.path", "bayou.read.ahead.partition.records",
    };
}
