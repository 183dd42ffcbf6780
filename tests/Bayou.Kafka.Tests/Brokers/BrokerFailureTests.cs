using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using Bayou.Sources;
using static Bayou.Kafka.Tests.Support.Kafka;
using Log = Bayou.Kafka.Tests.Support.Reading;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>What goes wrong with a real broker.</summary>
[Trait("Category", "Kafka")]
public abstract class BrokerFailureTests(LocalBroker broker, string client) : IDisposable
{
    private readonly string _topic = $"t-{Guid.NewGuid():N}";
    private readonly TopicAdministration? _topics = LocalBroker.Missing is null ? new(new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address }) : null;

    private TopicPartition Partition => new(_topic, 0);

    /// <summary>What a client says of a topic that was deleted and made again.</summary>
    protected abstract (SourceErrorKind Kind, string Words) MadeAnew { get; }

    /// <summary>What a client takes it for that a broker wants encryption, and that it wants none.</summary>
    protected abstract (SourceErrorKind Missing, SourceErrorKind[] Unwanted) Encryption { get; }

    public void Dispose()
    {
        _topics?.Dispose();
        GC.SuppressFinalize(this);
    }

    [BrokerFact]
    public async Task ReadAsync_below_retention_names_the_range_that_is_lost()
    {
        await _topics!.CreateAsync(_topic, 1);
        Produce(broker.Address, _topic, 0, 0, 100);
        await _topics.DeleteRecordsAsync(Partition, 60);
        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        await using var reader = source.OpenReader(Partition, 20, ReaderRole.Live);

        var failure = await Assert.ThrowsAsync<SourceException>(async () => await reader.ReadAsync(1, 1, default));

        Assert.Equal(SourceErrorKind.OffsetOutOfRange, failure.Kind);
        Assert.Contains("[20, 60) is lost", failure.Message, StringComparison.Ordinal);
        Assert.Contains("[60, 100)", failure.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task ReadAsync_of_a_deleted_topic_fails_as_unknown()
    {
        await _topics!.CreateAsync(_topic, 1);
        Produce(broker.Address, _topic, 0, 0, 10);
        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        await using var reader = source.OpenReader(Partition, 0, ReaderRole.Live);
        await new Log(reader, 0).ToAsync(10);

        await _topics.DeleteAsync(_topic);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var failure = await Assert.ThrowsAsync<SourceException>(async () => await reader.ReadAsync(1, 1, limit.Token));
        Assert.Equal(SourceErrorKind.UnknownTopic, failure.Kind);
    }

    [BrokerFact]
    public async Task ReadAsync_of_a_topic_made_anew_does_not_go_on_silently()
    {
        await _topics!.CreateAsync(_topic, 1);
        Produce(broker.Address, _topic, 0, 0, 100);
        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        await using var reader = source.OpenReader(Partition, 0, ReaderRole.Live);
        await new Log(reader, 0).ToAsync(100);

        await _topics.DeleteAsync(_topic);
        await MakeAnewAsync();
        Produce(broker.Address, _topic, 0, 0, 5, "new");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var failure = await Assert.ThrowsAsync<SourceException>(async () => await reader.ReadAsync(1, 1, limit.Token));
        Assert.Equal(MadeAnew.Kind, failure.Kind);
        Assert.Contains(MadeAnew.Words, failure.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task Broker_killed_and_restarted_loses_and_doubles_nothing()
    {
        await _topics!.CreateAsync(_topic, 4);
        for (var p = 0; p < 4; p++) Produce(broker.Address, _topic, p, 0, 1000, new string('x', 500));
        await using var source = await OpenAsync(broker.Address, _topic, With(client, ("bayou.read.ahead.partition.bytes", "65536")));
        var readers = Enumerable.Range(0, 4).Select(p => source.OpenReader(new TopicPartition(_topic, p), 0, ReaderRole.Live)).ToList();
        var logs = readers.Select(reader => new Log(reader, 0)).ToList();
        foreach (var log in logs) await log.ToAsync(200, maxRecords: 50);

        await broker.KillAsync();
        var rest = logs.Select(log => log.ToAsync(2000, maxRecords: 50)).ToList();
        await broker.StartAsync();
        for (var p = 0; p < 4; p++) Produce(broker.Address, _topic, p, 1000, 2000, new string('x', 500));
        await Task.WhenAll(rest);

        Assert.All(logs, log => Assert.Equal(Values(0, 2000, new string('x', 500)), log.Values));
        foreach (var reader in readers) await reader.DisposeAsync();
    }

    [BrokerFact]
    public async Task OpenAsync_of_an_unknown_topic_fails_and_creates_nothing()
    {
        var failure = await FailToOpenAsync(broker.Address);

        Assert.Equal(SourceErrorKind.UnknownTopic, failure.Kind);
        Assert.Contains(_topic, failure.Message, StringComparison.Ordinal);
        Assert.Contains(broker.Address, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_topic, await broker.TopicsAsync("--list"), StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task DescribeTopicAsync_of_an_unknown_topic_creates_nothing()
    {
        await _topics!.CreateAsync(_topic, 1);
        await using var source = await OpenAsync(broker.Address, _topic, With(client));

        var failure = await Assert.ThrowsAsync<SourceException>(() => source.DescribeTopicAsync(_topic + "-x", default));
        await Assert.ThrowsAsync<SourceException>(() => source.GetWatermarksAsync(new TopicPartition(_topic + "-x", 0), default));

        Assert.Equal(SourceErrorKind.UnknownTopic, failure.Kind);
        Assert.DoesNotContain(_topic + "-x", await broker.TopicsAsync("--list"), StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task OpenAsync_where_nothing_listens_fails_with_the_address()
    {
        var failure = await FailToOpenAsync("127.0.0.1:1");

        Assert.Equal(SourceErrorKind.Transient, failure.Kind);
        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refused", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [BrokerFact]
    public async Task OpenAsync_with_an_unknown_host_fails_with_the_address()
    {
        var failure = await FailToOpenAsync("no-such-host.invalid:9092");

        Assert.Equal(SourceErrorKind.Transient, failure.Kind);
        Assert.Contains("no-such-host.invalid:9092", failure.Message, StringComparison.Ordinal);
        Assert.Contains("resol", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [BrokerFact]
    public async Task OpenAsync_where_nobody_answers_gives_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var failure = await FailToOpenAsync($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");

        Assert.Equal(SourceErrorKind.Transient, failure.Kind);
    }

    [BrokerFact]
    public async Task OpenAsync_without_encryption_at_an_encrypted_listener_says_what_to_look_at()
    {
        var failure = await FailToOpenAsync(broker.SecureAddress);

        Assert.Equal(Encryption.Missing, failure.Kind);
        Assert.Contains("security.protocol", failure.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task OpenAsync_with_encryption_at_a_plain_listener_is_refused()
    {
        var failure = await FailToOpenAsync(broker.Address, Secure("bayou-secret"));

        Assert.Contains(failure.Kind, Encryption.Unwanted);
        Assert.Matches("SSL|TLS", failure.Message);
    }

    [BrokerFact]
    public async Task OpenAsync_with_a_wrong_password_is_refused_and_does_not_show_it()
    {
        // On a machine that is busy enough the handshake takes longer than opening waits; the host tries again then, and so does this.
        var failure = await FailToOpenAsync(broker.SecureAddress, Secure("hunter2"));
        for (var attempt = 1; failure.Kind == SourceErrorKind.Transient && attempt < 10; attempt++) failure = await FailToOpenAsync(broker.SecureAddress, Secure("hunter2"));

        Assert.Equal(SourceErrorKind.Refused, failure.Kind);
        Assert.Contains("uthentication", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task OpenAsync_with_the_right_password_reads()
    {
        await _topics!.CreateAsync(_topic, 1);
        Produce(broker.Address, _topic, 0, 0, 10);

        await using var source = await OpenAsync(broker.SecureAddress, _topic, With(client, Secure("bayou-secret")));
        await using var reader = source.OpenReader(Partition, 0, ReaderRole.Live);

        Assert.Equal(Values(0, 10), (await new Log(reader, 0).ToAsync(10)).Values);
    }

    private (string, string)[] Secure(string password) =>
    [
        ("security.protocol", "sasl_ssl"), ("sasl.mechanism", "PLAIN"), ("sasl.username", "bayou"), ("sasl.password", password),
        ("ssl.ca.location", broker.CertificateAuthority),
    ];

    private async Task MakeAnewAsync()
    {
        // Deleting is finished some time after it is confirmed.
        while (true)
        {
            try
            {
                if (await _topics!.CreateAsync(_topic, 1)) return;
            }
            catch (SourceException) { }
        }
    }

    private async Task<SourceException> FailToOpenAsync(string address, params (string, string)[] options)
    {
        var clock = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<SourceException>(() => OpenAsync(address, _topic, With(client, options)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        return failure;
    }
}
