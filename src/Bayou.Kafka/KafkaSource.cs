using Bayou.Definitions;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Fetching;
using Bayou.Kafka.Protocol;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Kafka;

/// <summary>One Kafka cluster, read with one set of options by the managed client: fetches for live readers and for those that catch up, and questions.</summary>
internal sealed class KafkaSource : ISource
{
    // Catch-up readers may hold a quarter of what live ones may.
    private const int CatchUpShare = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<TopicPartition, ReadAhead> _live = [];
    private readonly HashSet<ReadAhead> _open = [];
    private readonly HashSet<string> _topics;
    private readonly ClientOptions _options;
    private readonly BufferPool _pool;
    private readonly ClusterClient _cluster;
    private readonly OffsetQueries _offsets;
    private readonly ProgressCommits _progress;
    private readonly FetchGroup _liveGroup;
    private readonly FetchGroup _catchUpGroup;
    private bool _disposed;

    /// <summary>A source over a cluster that has answered; it is disposed of with the source.</summary>
    public KafkaSource(SourceDefinition definition, ClientOptions options, ClusterClient cluster, IDialer dialer, BufferPool pool, ILogger logger)
    {
        (_options, _pool, _cluster) = (options, pool, cluster);
        _topics = [.. definition.Topics];
        _offsets = new OffsetQueries(cluster);
        _progress = new ProgressCommits(cluster, logger);
        var budget = new ReadAheadBudget(options.ReadAheadBytes, options.ReadAheadPartitionBytes, options.PartitionFetchBytes);
        var catchUpBudget = budget with { TotalBytes = options.ReadAheadBytes / CatchUpShare };
        _liveGroup = new FetchGroup(cluster, options, dialer, pool, new FetchPlanner(budget, options.FetchMaxBytes, mayMeet: false), logger);
        _catchUpGroup = new FetchGroup(cluster, options, dialer, pool, new FetchPlanner(catchUpBudget, options.FetchMaxBytes, mayMeet: true), logger);
    }

    /// <inheritdoc/>
    public async Task<TopicDescription> DescribeTopicAsync(string topic, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return await TopicQueries.DescribeAsync(_cluster, topic, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Watermarks> GetWatermarksAsync(TopicPartition partition, CancellationToken cancellationToken) =>
        _offsets.BoundsAsync(partition, _options.IsReadCommitted, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> FindOffsetAsync(TopicPartition partition, long timestampMilliseconds, CancellationToken cancellationToken)
    {
        var found = await _offsets.FindAsync(partition, timestampMilliseconds, _options.IsReadCommitted, cancellationToken);
        return found >= 0 ? found : (await GetWatermarksAsync(partition, cancellationToken)).High;
    }

    /// <inheritdoc/>
    public IPartitionReader OpenReader(TopicPartition partition, long nextOffset, ReaderRole role, int leaderEpoch = -1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nextOffset);
        if (!_topics.Contains(partition.Topic))
            throw new SourceException(SourceErrorKind.Fatal, $"Opening a reader on {partition} failed: the source was opened for {string.Join(", ", _topics)} only. Nothing is read.") { Partition = partition };
        var group = role == ReaderRole.CatchUp ? _catchUpGroup : _liveGroup;
        var ahead = new ReadAhead(partition, FetchPosition.At(nextOffset, leaderEpoch), _pool);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _open.Add(ahead);
            if (role == ReaderRole.Live)
            {
                if (_live.Remove(partition, out var older)) older.Fail(FetchFailures.TakenOver(partition, nextOffset), dropHeld: true);
                _live.Add(partition, ahead);
            }
        }

        var target = group.Open(ahead);
        return new FetchReader(ahead, nextOffset, leaderEpoch, _options, _pool, () => Close(group, target));
    }

    /// <inheritdoc/>
    public Task PublishProgressAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken) =>
        _progress.CommitAsync(group, nextOffsets, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<ReadAhead> open;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            open = [.. _open];
        }

        foreach (var ahead in open) ahead.Fail(FetchFailures.Closed(ahead.Source, ahead.Next.Offset), dropHeld: true);
        await _liveGroup.DisposeAsync();
        await _catchUpGroup.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private void Close(FetchGroup group, FetchTarget target)
    {
        group.Close(target);
        lock (_gate)
        {
            _open.Remove(target.Ahead);
            if (_live.GetValueOrDefault(target.Ahead.Source) == target.Ahead) _live.Remove(target.Ahead.Source);
        }
    }
}
