using Bayou.Kafka.Librdkafka.Connecting;
using Confluent.Kafka;

namespace Bayou.Kafka.Tests.Librdkafka.Connecting;

public sealed class ConnectionHealthTests
{
    private static readonly Error AllDown = new(ErrorCode.Local_AllBrokersDown, "1/1 brokers are down");

    [Fact]
    public void IsReportDue_after_patience_is_true_once_each_time()
    {
        var health = new ConnectionHealth();
        health.Report(new Error(ErrorCode.Local_Transport, "connection refused"), 0);
        health.Report(AllDown, 1000);

        bool[] due = [health.IsReportDue(30_999), health.IsReportDue(31_000), health.IsReportDue(31_001), health.IsReportDue(61_000)];

        Assert.Equal([false, true, false, true], due);
        Assert.Equal(("connection refused", false), (health.Reason, health.IsRefused));
        Assert.Equal(TimeSpan.FromSeconds(60), health.Lasting(61_000));
    }

    [Fact]
    public void Clear_ends_the_trouble()
    {
        var health = new ConnectionHealth();
        health.Report(AllDown, 0);

        health.Clear();

        Assert.False(health.IsTroubled);
        Assert.False(health.IsReportDue(1_000_000));
    }

    [Fact]
    public void Reason_leaves_the_clients_timing_out()
    {
        var health = new ConnectionHealth();

        health.Report(new Error(ErrorCode.Local_Transport, "Connect failed: Connection refused (after 0ms in state CONNECT, 1 identical error(s) suppressed)"), 0);

        Assert.Equal("Connect failed: Connection refused", health.Reason);
    }

    [Fact]
    public void Report_of_a_single_lost_connection_is_no_trouble()
    {
        var health = new ConnectionHealth();

        health.Report(new Error(ErrorCode.Local_Transport, "connection reset"), 0);

        Assert.False(health.IsTroubled);
    }
}
