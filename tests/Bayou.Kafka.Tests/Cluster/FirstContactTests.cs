using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Cluster;

public sealed class FirstContactTests : IAsyncLifetime
{
    private readonly ScriptedCluster _cluster = ScriptedCluster.Start(brokers: 2);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task ConnectAsync_finds_topics_through_the_broker_that_answers()
    {
        _cluster.AddTopic("t", partitions: 3);
        await _cluster.Broker(1).StopAsync();

        Assert.Equal(3, (await ConnectAsync("t")).Topics["t"].Partitions.Length);
    }

    [Fact]
    public async Task ConnectAsync_to_brokers_that_start_only_now_waits_for_them()
    {
        _cluster.AddTopic("t");
        foreach (var broker in _cluster.Brokers) await broker.StopAsync();
        var connecting = ConnectAsync("t");
        _cluster.Broker(2).Start();

        Assert.Equal("scripted", (await connecting).ClusterId);
    }

    [Fact]
    public async Task ConnectAsync_to_nobody_names_addresses_step_and_encryption()
    {
        foreach (var broker in _cluster.Brokers) await broker.StopAsync();

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectAsync("t"));

        Assert.Equal(SourceErrorKind.Transient, failure.Kind);
        foreach (var broker in _cluster.Brokers) Assert.Contains(broker.Address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("(Plaintext)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("failed at connecting", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was started.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_without_the_topic_names_it()
    {
        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectAsync("missing"));

        Assert.Equal(SourceErrorKind.UnknownTopic, failure.Kind);
        Assert.Contains("'missing'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_without_the_right_to_read_is_refused_at_once()
    {
        _cluster.AddTopic("t");
        _cluster.On(ApiKey.Metadata, _ => ScriptedAnswer.Error(BrokerError.TopicAuthorizationFailed));

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectAsync("t"));

        Assert.Equal(SourceErrorKind.Refused, failure.Kind);
        Assert.Contains("topic t", failure.Message, StringComparison.Ordinal);
        Assert.InRange(_cluster.Brokers.Sum(broker => broker.Requests.Count(request => request.Key == ApiKey.Metadata)), 1, 3);
    }

    [Fact]
    public async Task ConnectAsync_to_brokers_too_old_to_be_asked_fails_for_good()
    {
        _cluster.AddTopic("t");
        _cluster.SetVersions(Support.BrokerVersions.Kafka21.With(ApiKey.Metadata, 0, 0));

        var failure = await Assert.ThrowsAsync<SourceException>(() => ConnectAsync("t"));

        Assert.Equal(SourceErrorKind.Fatal, failure.Kind);
        Assert.Contains("Metadata", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_that_is_given_up_is_cancelled()
    {
        _cluster.On(ApiKey.Metadata, _ => ScriptedAnswer.Stall);
        using var cancellation = new CancellationTokenSource();
        var connecting = ConnectAsync("t", cancellation.Token);
        await Task.WhenAny(_cluster.Brokers.Select(broker => broker.SeenAsync(ApiKey.Metadata)));

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    private async Task<ClusterView> ConnectAsync(string topic, CancellationToken cancellationToken = default)
    {
        var options = new ClientOptions { BootstrapServers = [.. _cluster.Brokers.Select(broker => broker.Address)] };
        await using var client = new ClusterClient(options, TcpDialer.Instance);
        await new FirstContact(client, options).ConnectAsync([topic], cancellationToken);
        return client.View;
    }
}
