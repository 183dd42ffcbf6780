using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>The reading end of one assignment.</summary>
internal sealed class LibrdkafkaReader(ReadAheadBuffer buffer, LibrdkafkaSource source) : IPartitionReader
{
    /// <inheritdoc/>
    public Watermarks? Watermarks => source.CachedWatermarks(buffer);

    /// <inheritdoc/>
    public async ValueTask<MicroBatch> ReadAsync(int maxRecords, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (buffer.TryTake(maxRecords, maxBytes, out var arrival) is { } batch) return batch;
            await arrival!.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        source.Close(buffer);
        return ValueTask.CompletedTask;
    }
}
