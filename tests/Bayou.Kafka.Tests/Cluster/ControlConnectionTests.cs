using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Cluster;

public sealed class ControlConnectionTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task AskAsync_after_idle_time_makes_a_new_connection()
    {
        await using var cluster = ScriptedCluster.Start();
        await using var connection = Create(cluster, Idle);

        await AskAsync(connection);
        _time.Advance(Idle);
        await AskAsync(connection);

        Assert.Equal(2, cluster.Broker(1).Accepted);
    }

    [Fact]
    public async Task AskAsync_counts_idle_time_from_the_last_answer()
    {
        await using var cluster = ScriptedCluster.Start();
        await using var connection = Create(cluster, Idle);

        for (var question = 0; question < 3; question++)
        {
            await AskAsync(connection);
            _time.Advance(Idle - Tick);
        }

        Assert.Equal(1, cluster.Broker(1).Accepted);
    }

    [Fact]
    public async Task AskAsync_without_idle_time_keeps_the_connection()
    {
        await using var cluster = ScriptedCluster.Start();
        await using var connection = Create(cluster, TimeSpan.Zero);

        await AskAsync(connection);
        _time.Advance(TimeSpan.FromDays(30));
        await AskAsync(connection);

        Assert.Equal(1, cluster.Broker(1).Accepted);
    }

    [Fact]
    public async Task AskAsync_after_idle_time_that_fails_on_the_new_connection_does_not_try_again()
    {
        await using var cluster = ScriptedCluster.Start();
        await using var connection = Create(cluster, Idle);

        await AskAsync(connection);
        _time.Advance(Idle);
        cluster.Broker(1).Once(ApiKey.Metadata, ScriptedAnswer.Close);

        await Assert.ThrowsAsync<BrokerException>(() => AskAsync(connection));
        Assert.Equal(2, cluster.Broker(1).Accepted);
    }

    private ControlConnection Create(ScriptedCluster cluster, TimeSpan maxIdle)
    {
        var address = cluster.Broker(1).Address;
        return new ControlConnection(address, new ClientOptions { BootstrapServers = [address], ConnectionsMaxIdle = maxIdle }, TcpDialer.Instance, _time);
    }

    private static Task<MetadataResponse> AskAsync(ControlConnection connection) => connection.AskAsync(new MetadataRequest([]), default);
}
