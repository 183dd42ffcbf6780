using Bayou.Sources;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Reads a partition as a pipeline does, with every check that holds for any source; an error that may pass is answered by opening the reader anew.</summary>
internal sealed class SourceReading(ISource source, TopicPartition partition, long from, ReaderRole role = ReaderRole.Live)
{
    private readonly List<string> _records = [];
    private readonly long _from = from;

    /// <summary>Where the next batch must begin.</summary>
    public long Next { get; private set; } = from;

    /// <summary>What was read.</summary>
    public PartitionContent Content => new(_from, _records, Next);

    /// <summary>Reads until <see cref="Next"/> is there, for so long at most.</summary>
    public async Task<SourceReading> ToAsync(long next, ReadSizes sizes, int seconds = 180)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await ReadAsync(next, sizes, limit.Token);
        return Next >= next ? this : throw new TimeoutException($"Reading {partition} did not come from offset {_from} to {next} within {seconds} s, but to {Next}.");
    }

    /// <summary>Reads what comes until the token is cancelled; then there may be more.</summary>
    public Task UntilAsync(ReadSizes sizes, CancellationToken end) => ReadAsync(long.MaxValue, sizes, end);

    private async Task ReadAsync(long next, ReadSizes sizes, CancellationToken end)
    {
        while (Next < next && !end.IsCancellationRequested)
        {
            await using var reader = source.OpenReader(partition, Next, role);
            try
            {
                while (Next < next) Take(await reader.ReadAsync(sizes.MaxRecords, sizes.MaxBytes, end), sizes);
            }
            catch (SourceException failure) when (failure.Kind == SourceErrorKind.Transient) { }
            catch (OperationCanceledException) when (end.IsCancellationRequested) { }
        }
    }

    private void Take(MicroBatch batch, ReadSizes sizes)
    {
        Assert.Equal((partition, Next), (batch.Source, batch.Range.First));
        Assert.True(batch.Range.Next > Next, $"{partition}: a batch at {Next} moved nothing");
        Assert.InRange(batch.Count, 0, sizes.MaxRecords);
        var (bytes, least) = (0L, Next);
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            Assert.InRange(record.Offset, least, batch.Range.Next - 1);
            least = OffsetRange.NextAfter(record.Offset);
            bytes += record.Key.Length + record.Value.Length;
            _records.Add(TextOf(record));
        }

        Assert.True(batch.Count < 2 || bytes <= sizes.MaxBytes, $"{partition}: {batch.Count} records of {bytes} bytes, although {sizes.MaxBytes} were the most");
        Next = batch.Range.Next;
        batch.Release();
    }

    private static string TextOf(RecordView record)
    {
        var text = new RecordText(record.Offset, record.TimestampMilliseconds, record.Key, record.HasKey, record.Value, record.HasValue);
        var headers = record.Headers;
        while (headers.MoveNext()) text.AddHeader(headers.Key, headers.Value, headers.HasValue);
        return text.ToString();
    }
}
