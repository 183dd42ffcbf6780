using System.Text;
using Bayou.Simulation.Tests.Failures;
using Bayou.Sources;

namespace Bayou.Simulation.Tests.World;

/// <summary>Reads a simulated partition.</summary>
internal sealed class SimulatedReader(SimulatedTopic topic, TopicPartition partition, long next) : IPartitionReader
{
    private TaskCompletionSource? _waiting;
    private bool _takenOver;

    public Watermarks? Watermarks => Log.Bounds;

    public bool HasAnswered => true;

    private SimulatedPartition Log => topic.Partitions[partition.Partition];

    public void TakeOver()
    {
        _takenOver = true;
        _waiting?.TrySetResult();
    }

    public async ValueTask<MicroBatch> ReadAsync(int maxRecords, int maxBytes, CancellationToken cancellationToken) => topic.Failure is { } failure
        ? await failure.TakeAsync(Step.Pull, () => ReadBatchAsync(maxRecords, cancellationToken))
        : await ReadBatchAsync(maxRecords, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<MicroBatch> ReadBatchAsync(int maxRecords, CancellationToken cancellationToken)
    {
        if (topic.Random.Next(4) == 0) await Task.Delay(TimeSpan.FromMilliseconds(topic.Random.Next(1, 200)), topic.Time, cancellationToken);
        if (topic.Random.NextDouble() < topic.Faults.ReadFails) throw new SourceException(SourceErrorKind.Transient, "The broker is away.");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_takenOver) throw new SourceException(SourceErrorKind.TakenOver, $"Another reader reads {partition}.");
            var bounds = Log.Bounds;
            if (next < bounds.Low || next > bounds.High) throw new SourceException(SourceErrorKind.OffsetOutOfRange, $"Offset {next} of {partition} is out of range.");
            if (next < bounds.High) return Take(Math.Min(maxRecords, topic.Random.Next(1, 20)), bounds.High);
            await GrowthAsync(cancellationToken);
        }
    }

    private async Task GrowthAsync(CancellationToken cancellationToken)
    {
        var waiting = _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Wake() => waiting.TrySetResult();
        Log.Grown += Wake;
        try
        {
            using var ending = cancellationToken.UnsafeRegister(_ => waiting.TrySetCanceled(cancellationToken), null);
            await waiting.Task;
        }
        finally
        {
            Log.Grown -= Wake;
            _waiting = null;
        }
    }

    private MicroBatch Take(int records, long high)
    {
        var (data, entries, first) = (new MemoryStream(), new List<RecordEntry>(), next);
        next = high;
        foreach (var record in Log.Between(first, high))
        {
            if (entries.Count == records)
            {
                next = record.Offset;
                break;
            }

            var value = Encoding.UTF8.GetBytes(record.Text);
            entries.Add(new RecordEntry
            {
                Offset = record.Offset,
                TimestampMilliseconds = 1_700_000_000_000,
                KeyLength = -1,
                ValueStart = (int)data.Length,
                ValueLength = value.Length,
            });
            data.Write(value);
        }

        return new MicroBatch(partition, new OffsetRange(first, next), entries.ToArray(), data.ToArray());
    }
}
