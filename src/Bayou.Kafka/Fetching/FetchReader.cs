using Bayou.Kafka.Connections;
using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>The reading end of one assignment. Records are decoded here, on the reader's time, while the next ones are fetched.</summary>
/// <param name="ahead">What the fetch loops deliver into.</param>
/// <param name="nextOffset">Where reading begins.</param>
/// <param name="leaderEpoch">Leader epoch of the record before; -1 when it is not known.</param>
/// <param name="options">The source's options.</param>
/// <param name="pool">Where buffers come from.</param>
/// <param name="closed">Called once when the reader is disposed of.</param>
internal sealed class FetchReader(ReadAhead ahead, long nextOffset, int leaderEpoch, ClientOptions options, BufferPool pool, Action closed) : IPartitionReader
{
    private long _position = nextOffset;
    private RecordSetDecoder? _decoder;
    private FetchedRecords? _decoding;
    private string _broker = "";
    private bool _disposed;

    /// <inheritdoc/>
    public Watermarks? Watermarks => ahead.Watermarks;

    /// <inheritdoc/>
    public bool HasAnswered => ahead.Watermarks is not null;

    /// <inheritdoc/>
    public int LeaderEpoch { get; private set; } = leaderEpoch;

    /// <inheritdoc/>
    public async ValueTask<MicroBatch> ReadAsync(int maxRecords, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellationToken.ThrowIfCancellationRequested();
            if (_decoder is not null && Decode(maxRecords, maxBytes) is { } batch) return batch;
            if (ahead.TryTake(out var arrival) is { } fetched) Begin(fetched);
            else await arrival!.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_disposed) return ValueTask.CompletedTask;
        _disposed = true;
        ahead.Close();
        End();
        closed();
        return ValueTask.CompletedTask;
    }

    private void Begin(FetchedRecords fetched)
    {
        _broker = fetched.Broker;
        _decoding = fetched;
        _decoder = new RecordSetDecoder(ahead.Source, pool, fetched.Buffer, 0, fetched.Length, fetched.Aborted, options.CheckCrcs, options.ReceiveMaxBytes);
    }

    private MicroBatch? Decode(int maxRecords, int maxBytes)
    {
        try
        {
            var batch = _decoder!.Next(_position, maxRecords, maxBytes);
            if (batch is null) End();
            else Move(batch.Range.Next);
            return batch;
        }
        catch (CorruptRecordsException failure) when (failure.Kind == CorruptRecordsKind.Corrupt)
        {
            End();
            ahead.GoBack(_position, failure.Message, _broker);
        }
        catch (CorruptRecordsException failure)
        {
            End();
            ahead.Fail(FetchFailures.Unreadable(ahead.Source, _position, _broker, failure.Message), dropHeld: true);
        }

        return null;
    }

    private void Move(long next)
    {
        _position = next;
        LeaderEpoch = _decoding!.EpochBefore(next);
    }

    private void End()
    {
        _decoder?.Dispose();
        _decoder = null;
    }
}
