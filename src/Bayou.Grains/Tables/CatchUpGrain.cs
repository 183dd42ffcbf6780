using Bayou.Grains.Hosting;
using Bayou.Grains.Partitions;
using Bayou.Grains.Routing;
using Bayou.Sinks;
using Bayou.Sources;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Bayou.Grains.Tables;

/// <summary>
/// Feeds one table that is behind in one partition, from where the table stands up to where its partition does, and then hands it back. It keeps
/// nothing: whatever it sends twice, the table trims. See <see cref="ICatchUpGrain"/>.
/// </summary>
[Reentrant, KeepAlive]
internal sealed partial class CatchUpGrain(SourceRegistry sources, BayouOptions options, TimeProvider time, Random random, ILogger<CatchUpGrain> logger) : Grain, ICatchUpGrain
{
    /// <summary>The partition is asked to hold when no more than this is left to deliver.</summary>
    private const long NearBytes = 1 << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(50), LongestWait, random);
    private CatchUpAssignment? _assignment;
    private IPartitionReader? _reader;
    private long _position;
    private double _bytesPerOffset = 256;
    private Task _running = Task.CompletedTask;

    private string Pipeline => GrainKeys.ParseCatchUp(this.GetPrimaryKeyString()).Pipeline;

    private string Name => GrainKeys.ParseCatchUp(this.GetPrimaryKeyString()).Table;

    private TopicPartition Partition => GrainKeys.ParseCatchUp(this.GetPrimaryKeyString()).Partition;

    private ITableGrain Table => GrainFactory.GetGrain<ITableGrain>(GrainKeys.Table(Pipeline, Name));

    private IPartitionGrain PartitionOfTable => GrainFactory.GetGrain<IPartitionGrain>(GrainKeys.Partition(Pipeline, Partition));

    /// <inheritdoc/>
    public Task StartAsync(CatchUpAssignment assignment)
    {
        var idle = _running.IsCompleted;
        _assignment = assignment;
        if (idle && !_stopping.IsCancellationRequested) _running = RunAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        _stopping.Cancel();
        await _running;
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        await _running;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    if (!await BeginAsync(stopping)) continue;
                    await FeedAsync(stopping);
                    break;
                }
                catch (SourceException failure) when (failure.Kind == SourceErrorKind.OffsetOutOfRange && !stopping.IsCancellationRequested)
                {
                    await LostAsync(stopping);
                    await Task.Delay(_backoff.Next(), time, stopping);
                }
                catch (Exception failure) when (!stopping.IsCancellationRequested)
                {
                    LogRetry(logger, Name, Partition.ToString(), failure.Message);
                    await Task.Delay(_backoff.Next(), time, stopping);
                }
                finally
                {
                    if (_reader is not null) await _reader.DisposeAsync();
                    _reader = null;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }

        DeactivateOnIdle();
    }

    /// <summary>Learns where the table stands. False while it takes nothing.</summary>
    private async Task<bool> BeginAsync(CancellationToken stopping)
    {
        var reply = await Table.AskAsync(new CursorKey(Partition, _assignment!.Generation));
        if (reply.Answer is AcceptAnswer.Accepted)
        {
            _position = reply.Accepted;
            return true;
        }

        await Task.Delay(_backoff.Next(), time, stopping);
        return false;
    }

    private async Task FeedAsync(CancellationToken stopping)
    {
        var episode = _assignment!.Episode;
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            // The table fell behind anew meanwhile, and may stand elsewhere.
            if (_assignment.Episode != episode) throw new InvalidOperationException($"Table {Name} has fallen behind anew; it is asked again where it stands.");
            var directive = await PartitionOfTable.CatchUpProgressAsync(Name, _assignment!.Episode, _position, near: false);
            if (directive.GoOn && (directive.Position - _position) * _bytesPerOffset <= NearBytes)
                directive = await PartitionOfTable.CatchUpProgressAsync(Name, _assignment.Episode, _position, near: true);
            if (!directive.GoOn) return;
            if (directive.Position <= _position)
            {
                await Task.Delay(_backoff.Next(), time, stopping);
                continue;
            }

            await DeliverAsync(directive.Position, stopping);
        }
    }

    private async Task DeliverAsync(long end, CancellationToken stopping)
    {
        _reader ??= (await sources.GetAsync(Pipeline, _assignment!.Source)).OpenReader(Partition, _position, ReaderRole.CatchUp);
        var batch = await _reader.ReadAsync(options.BatchRecords, options.BatchBytes, stopping);
        if (batch.Range.Count > 0) _bytesPerOffset = (double)batch.Data.Length / batch.Range.Count;
        var next = Math.Min(end, batch.Range.Next);
        var unanswered = false;
        while (_position < next)
        {
            stopping.ThrowIfCancellationRequested();
            var result = await GrainFactory.GetGrain<IRouterGrain>("router").RouteAsync(new RouteRequest
            {
                Pipeline = Pipeline,
                Version = _assignment!.Version,
                Generation = _assignment.Generation,
                Batch = batch,
                Range = new OffsetRange(_position, next),
                Targets = [new RouteTarget(_assignment.TableIndex, _position)],
                SendEmpty = true,
            });
            var reply = result.Targets[0].Reply;
            unanswered |= reply is null;
            if (reply?.Answer == AcceptAnswer.Accepted)
            {
                _position = result.Next;
                _backoff.Reset();
            }
            else if (reply?.Answer is AcceptAnswer.Gap or AcceptAnswer.OtherVersion or AcceptAnswer.NotReady)
            {
                throw new InvalidOperationException($"Table {Name} answered {reply?.Answer} to {new OffsetRange(_position, next)}; it is asked again where it stands.");
            }
            else
            {
                await Task.Delay(_backoff.Next(), time, stopping);
            }
        }

        // The rest of the batch lies behind the partition's position and is read again, if it is needed at all.
        var cut = next < batch.Range.Next;
        if (!unanswered) batch.Release();
        if (!cut) return;
        await _reader.DisposeAsync();
        _reader = null;
    }

    private async Task LostAsync(CancellationToken stopping)
    {
        var source = await sources.GetAsync(Pipeline, _assignment!.Source);
        var lost = new OffsetRange(_position, (await source.GetWatermarksAsync(Partition, stopping)).Low);
        if (lost.IsEmpty) return;
        if (_assignment.Source.OnDataLoss == Definitions.DataLossPolicy.Stop)
        {
            await Table.SourceLostAsync(Partition, lost);
            return;
        }

        await PartitionOfTable.RecordLostAsync(lost);
        await Table.AcceptAsync(new Slices.Slice { Source = Partition, Generation = _assignment.Generation, Version = _assignment.Version, Range = lost });
    }

    [LoggerMessage(LogLevel.Debug, "Catch-up of table {Table} in {Partition} is tried again: {Failure}")]
    private static partial void LogRetry(ILogger logger, string table, string partition, string failure);
}
