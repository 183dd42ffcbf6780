using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Which offsets come: none below the one asked for, none twice, and the position moves over what is no record.</summary>
public sealed class OffsetTests : FetchingScenario
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Records_below_the_offset_asked_for_are_left_out(int from)
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 3, perBatch: 10);

        Assert.Equal(Values(from, 30), (await Read(from: from).ToAsync(30)).Values);
    }

    [Fact]
    public async Task Offset_within_a_gap_of_compaction_begins_behind_it()
    {
        var topic = await OpenAsync();
        topic[0].Append(new RecordBatchBuilder().Add("a").Skip(5).Add("b").Skip(3));
        topic[0].Append("c");

        var reading = await Read(from: 3).ToAsync(11);

        Assert.Equal([(6, "b"), (10, "c")], reading.Records.Select(record => (record.Offset, record.Value)));
    }

    [Fact]
    public async Task Deep_read_ahead_brings_every_record_once()
    {
        var topic = await OpenAsync(change: options => options with { PartitionFetchBytes = 3_000 });
        Append(topic[0], batches: 300, perBatch: 7);
        var reading = Read();
        await Broker.SeenAsync(request => AsksFor(request, 0, 2100));

        Assert.Equal(Values(0, 2100), (await reading.ToAsync(2100, maxRecords: 11)).Values);
        var offsets = Asked(Broker).ConvertAll(asked => asked.Offset);
        Assert.Equal(offsets.Order(), offsets);
    }

    [Fact]
    public async Task Records_that_trickle_in_come_once_each_and_in_order()
    {
        var topic = await OpenAsync();
        var reading = Read();
        for (var i = 0; i < 100; i++)
        {
            Append(topic[0], batches: 1);
            if (i % 3 == 0) await reading.OnceAsync();
        }

        Assert.Equal(Values(0, 100), (await reading.ToAsync(100)).Values);
    }

    [Fact]
    public async Task Aborted_records_and_markers_are_left_out_and_the_position_moves_behind_them()
    {
        var topic = await OpenAsync();
        AppendTransactions(topic[0]);

        var reading = await Read().ToAsync(8);

        Assert.Equal([(0, "plain"), (3, "kept"), (4, "kept too")], reading.Records.Select(record => (record.Offset, record.Value)));
        Assert.Equal(8, reading.Next);
    }

    [Fact]
    public async Task Records_of_an_open_transaction_come_once_it_is_committed()
    {
        var topic = await OpenAsync();
        AppendTransactions(topic[0]);
        topic[0].Append(new RecordBatchBuilder { ProducerId = 9, ProducerEpoch = 0, IsTransactional = true }.Add("open"));
        var reading = await Read().ToAsync(8);
        var waiting = reading.ToAsync(10);
        Assert.Equal(new Watermarks(0, 8), await Source.GetWatermarksAsync(new TopicPartition("t", 0), default));

        topic[0].Append(RecordBatchBuilder.Commit(9));

        Assert.Equal((8, "open"), (await waiting).Records.Select(record => (record.Offset, record.Value)).Last());
    }

    [Fact]
    public async Task Uncommitted_reading_has_all_records_but_no_markers()
    {
        var topic = await OpenAsync(change: options => options with { IsReadCommitted = false });
        AppendTransactions(topic[0]);

        Assert.Equal(["plain", "dropped", "dropped too", "kept", "kept too"], (await Read().ToAsync(8)).Values);
    }

    [Fact]
    public async Task Retention_that_overtakes_the_position_ends_reading_behind_what_is_held()
    {
        var topic = await OpenAsync(change: options => options with { PartitionFetchBytes = 100, ReadAheadPartitionBytes = 100 });
        Append(topic[0], batches: 20);
        var reading = Read();
        await reading.OnceAsync();
        topic[0].DeleteBefore(15);

        var failure = await FailureOf(reading);

        Assert.Equal(SourceErrorKind.OffsetOutOfRange, failure.Kind);
        Assert.Contains("[15, 20)", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"offset {reading.Next} ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, (int)reading.Next), reading.Values);
    }

    /// <summary>plain, two dropped, two kept, in transactions that overlap; up to offset 8.</summary>
    private static void AppendTransactions(ScriptedPartition partition)
    {
        partition.Append("plain");
        partition.Append(new RecordBatchBuilder { ProducerId = 7, ProducerEpoch = 0, IsTransactional = true }.Add("dropped").Add("dropped too"));
        partition.Append(new RecordBatchBuilder { ProducerId = 8, ProducerEpoch = 0, IsTransactional = true }.Add("kept"));
        partition.Append("kept too");
        partition.Append(RecordBatchBuilder.Commit(8));
        partition.Append(RecordBatchBuilder.Abort(7));
        partition.Append(RecordBatchBuilder.Abort(7));
    }
}
