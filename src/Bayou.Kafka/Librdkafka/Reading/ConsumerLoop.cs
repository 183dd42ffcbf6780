using System.Collections.Concurrent;
using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Client = Confluent.Kafka.IConsumer<Bayou.Kafka.Librdkafka.Reading.StagedPart, Bayou.Kafka.Librdkafka.Reading.StagedPart>;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>
/// One Kafka consumer and the one thread that polls it, for any number of partitions. Buffers are opened and closed from any thread; the
/// polling thread alone assigns, pauses and appends. When a partition holds more than it may, the thread first just stops polling, which costs
/// nothing; only when some other reader waits is the partition paused, because librdkafka throws what it prefetched for it away.
/// </summary>
internal sealed partial class ConsumerLoop : IReadAheadOwner, IDisposable
{
    private const int WakeEveryRecords = 512;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<(bool Open, ReadAheadBuffer Buffer)> _requests = new();
    private readonly List<ReadAheadBuffer> _toWake = [];
    private readonly HashSet<ReadAheadBuffer> _paused = [];
    private readonly AutoResetEvent _signal = new(false);
    private readonly StagingArea _staging = new();
    private readonly AssignmentChanges _changes;
    private readonly PartitionTable _table;
    private readonly ReadAheadBounds _bounds;
    private readonly ConnectionHealth _health;
    private readonly Action<ReadAheadBuffer, Error> _onPartitionError;
    private readonly Action<IReadOnlyCollection<ReadAheadBuffer>> _onUnreachable;
    private readonly ILogger _logger;
    private readonly Client _client;
    private readonly FetchNudge? _nudge;
    private readonly Thread _thread;
    private int _waitingReaders;
    private long _totalBytes;
    private int _sinceWake;
    private long _nextCheck;
    private volatile bool _holding;
    private volatile bool _stopping;

    /// <summary>Starts a consumer. <paramref name="onPartitionError"/> is told, on the polling thread, of an error that ended an assignment; <paramref name="onUnreachable"/> of its buffers, when no broker has answered for long.</summary>
    public ConsumerLoop(
        string name, IReadOnlyDictionary<string, string> properties, string? onlyTopic, ReadAheadBounds bounds, ConnectionHealth health,
        Action<ReadAheadBuffer, Error> onPartitionError, Action<IReadOnlyCollection<ReadAheadBuffer>> onUnreachable, ILogger logger)
    {
        (_bounds, _health, _onPartitionError, _onUnreachable, _logger) = (bounds, health, onPartitionError, onUnreachable, logger);
        _table = new PartitionTable(onlyTopic);
        _client = new ConsumerBuilder<StagedPart, StagedPart>(properties)
            .SetKeyDeserializer(_staging)
            .SetValueDeserializer(_staging)
            .SetErrorHandler((_, error) => _health.Report(error, Environment.TickCount64))
            .SetLogHandler((_, message) => ClientLog.Write(_logger, message))
            .Build();
        _changes = new AssignmentChanges(_client, _logger);
        _nudge = FetchNudge.For(_client);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Starts fetching for a buffer from its <see cref="ReadAheadBuffer.Next"/> on; the partition's assignment before it, if any, ends.</summary>
    public void Open(ReadAheadBuffer buffer)
    {
        buffer.Attach(this);
        Request(true, buffer);
    }

    /// <summary>Stops fetching for a buffer, unless its partition was taken over meanwhile.</summary>
    public void Close(ReadAheadBuffer buffer) => Request(false, buffer);

    /// <summary>The partition's bounds as the consumer last heard of them; offsets below 0 are unknown.</summary>
    public WatermarkOffsets CachedWatermarks(Sources.TopicPartition partition) =>
        _client.GetWatermarkOffsets(new Confluent.Kafka.TopicPartition(partition.Topic, partition.Partition));

    /// <inheritdoc/>
    public void ReaderWaits()
    {
        Interlocked.Increment(ref _waitingReaders);
        if (_holding) _signal.Set();
    }

    /// <inheritdoc/>
    public void ReaderServed() => Interlocked.Decrement(ref _waitingReaders);

    /// <inheritdoc/>
    public void Taken(ReadAheadBuffer buffer)
    {
        if (_holding) _signal.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _signal.Set();
        _thread.Join();
        _nudge?.Dispose();
        BoundedDisposal.Dispose(_client, _thread.Name!, _logger);
        _signal.Dispose();
    }

    private void Request(bool open, ReadAheadBuffer buffer)
    {
        _requests.Enqueue((open, buffer));
        if (!_stopping) _signal.Set();
    }

    private void Run()
    {
        var idle = false;
        while (!_stopping)
        {
            try
            {
                if (!_requests.IsEmpty) ApplyRequests();
                if (_paused.Count > 0) ResumeLow();
                if (idle) CheckHealth();
                if (_table.All.Count == 0)
                {
                    _signal.WaitOne(1000);
                    if (_table.All.Count == 0 && _requests.IsEmpty) _client.Consume(0);
                    continue;
                }

                var result = _client.Consume(!idle ? 0 : _paused.Count > 0 ? 2 : (int)IdlePoll.TotalMilliseconds);
                idle = result is null;
                if (result is null) WakeReaders();
                else Handle(result);
            }
            catch (ConsumeException failure)
            {
                HandleFailure(failure);
            }
            catch (Exception failure)
            {
                LogUnexpected(_logger, failure, _thread.Name!);
                _signal.WaitOne(100);
            }
        }
    }

    private void Handle(ConsumeResult<StagedPart, StagedPart> result)
    {
        if (_health.IsTroubled) _health.Clear();
        var buffer = _table.Find(result.Topic, result.Partition.Value);
        if (buffer is null) return;
        var wake = result.IsPartitionEOF
            ? buffer.ReachEnd(result.Offset.Value)
            : buffer.Append(_staging.Finish(result.Offset.Value, result.Message), _staging.Bytes);
        if (wake && !buffer.WakePending)
        {
            buffer.WakePending = true;
            _toWake.Add(buffer);
        }

        if (++_sinceWake >= WakeEveryRecords)
        {
            WakeReaders();
            _nudge?.Flowing(buffer);
        }

        if (!result.IsPartitionEOF && !buffer.Paused && IsOver(buffer)) HoldOrPause(buffer);
    }

    private bool IsOver(ReadAheadBuffer buffer) => _bounds.IsOver(buffer, _totalBytes, _table.All.Count);

    private void AddUp()
    {
        var total = 0L;
        foreach (var buffer in _table.All.Values) total += buffer.BufferedBytes;
        _totalBytes = total;
    }

    private void HoldOrPause(ReadAheadBuffer buffer)
    {
        WakeReaders();
        _holding = true;
        while (!_stopping && _requests.IsEmpty && Volatile.Read(ref _waitingReaders) == 0 && IsOver(buffer))
        {
            _signal.WaitOne(1000);
            AddUp();
        }

        _holding = false;
        if (_stopping || buffer.Ended || !IsOver(buffer)) return;
        _changes.Pause(buffer);
        _paused.Add(buffer);
    }

    private void ResumeLow()
    {
        List<ReadAheadBuffer>? low = null;
        foreach (var buffer in _paused)
            if (buffer.Ended || _bounds.IsLow(buffer, _table.All.Count)) (low ??= []).Add(buffer);
        if (low is null) return;
        _paused.ExceptWith(low);
        _changes.Resume(low.Where(buffer => _table.All.GetValueOrDefault(buffer.Source) == buffer));
    }

    private void WakeReaders()
    {
        _sinceWake = 0;
        foreach (var buffer in _toWake)
        {
            buffer.WakePending = false;
            buffer.Wake();
        }

        _toWake.Clear();
        AddUp();
    }

    private void ApplyRequests()
    {
        var before = new Dictionary<Sources.TopicPartition, ReadAheadBuffer?>();
        while (_requests.TryDequeue(out var request))
        {
            before.TryAdd(request.Buffer.Source, _table.All.GetValueOrDefault(request.Buffer.Source));
            if (!request.Open) _table.Remove(request.Buffer);
            else if (!request.Buffer.Ended) _table.Put(request.Buffer);
        }

        foreach (var (partition, buffer) in before)
            if (buffer is not null && _table.All.GetValueOrDefault(partition) != buffer) _paused.Remove(buffer);
        _changes.Apply(before, _table);
    }

    private void HandleFailure(ConsumeException failure)
    {
        var place = failure.ConsumerRecord;
        var buffer = place is null ? null : _table.Find(place.Topic, place.Partition.Value);
        if (buffer is null || !SourceErrors.EndsAssignment(failure.Error.Code))
        {
            _health.Report(failure.Error, Environment.TickCount64);
            LogConsumeError(_logger, buffer?.Source.ToString() ?? "no partition", failure.Error.Code, failure.Error.Reason);
            return;
        }

        Request(false, buffer);
        _onPartitionError(buffer, failure.Error);
    }

    private void CheckHealth()
    {
        var now = Environment.TickCount64;
        if (now < _nextCheck) return;
        _nextCheck = now + 1000;
        if (_health.IsReportDue(now)) _onUnreachable([.. _table.All.Values]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Partition} met {Code}: {Reason}; the client goes on by itself")]
    private static partial void LogConsumeError(ILogger logger, string partition, ErrorCode code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Thread} met an unexpected error and goes on")]
    private static partial void LogUnexpected(ILogger logger, Exception failure, string thread);
}
