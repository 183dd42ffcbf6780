using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>A source that is disposed of while everything is under way: nobody hangs, nothing is thrown where nobody looks, and all buffers come back.</summary>
public sealed class DisposalTests() : FetchingScenario(brokers: 3)
{
    [Fact]
    public async Task DisposeAsync_while_everything_is_under_way_ends_it_all()
    {
        var unobserved = new List<Exception>();
        void Observe(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Add(args.Exception);
        TaskScheduler.UnobservedTaskException += Observe;
        var topic = await OpenAsync(partitions: 12);
        foreach (var partition in topic.Partitions) Append(partition, batches: 50, perBatch: 20);
        var readings = Enumerable.Range(0, 12).Select(partition => Read(partition)).ToList();
        var catchUp = Enumerable.Range(0, 12).Select(partition => Read(partition, role: ReaderRole.CatchUp)).ToList();
        foreach (var reading in readings) await reading.OnceAsync(maxRecords: 7);
        topic[0].MoveTo(2);
        topic[1].Truncate(500);
        topic[2].DeleteBefore(900);
        var waiting = readings.Concat(catchUp).Select(reading => Record.ExceptionAsync(() => ReadOnAsync(reading))).ToList();
        var asking = Enumerable.Range(0, 12).Select(partition => Record.ExceptionAsync(() => Source.GetWatermarksAsync(new TopicPartition("t", partition), default))).ToList();

        await Source.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await Cluster.DisposeAsync();
        foreach (var each in asking) Assert.True(await each is null or SourceException or ObjectDisposedException);
        foreach (var each in waiting) Assert.IsType<SourceException>(await each);
        foreach (var reading in readings.Concat(catchUp)) Assert.IsType<SourceException>(await Record.ExceptionAsync(() => reading.OnceAsync(seconds: 20)));

        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Observe;
        Assert.DoesNotContain(unobserved, exception => exception.ToString().Contains("Bayou.Kafka", StringComparison.Ordinal));
    }

    private static async Task ReadOnAsync(Reading reading)
    {
        while (true) await reading.OnceAsync();
    }
}
