using System.Text;
using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Cluster.Tests.Doubles;

/// <summary>A topic in memory that outlives a silo: records can be added, and the beginning can be cut off, while it is being read.</summary>
internal sealed class MemoryTopic(string name, int partitions) : ISourceFactory, ISource
{
    private readonly Lock _gate = new();
    private readonly List<List<byte[]?>> _logs = [.. Enumerable.Range(0, partitions).Select(_ => new List<byte[]?>())];
    private readonly List<long> _low = [.. new long[partitions]];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Kind => "memory";

    public string ClusterId { get; set; } = "cluster-a";

    /// <summary>Thrown by the next read, once; ends a wait.</summary>
    public Exception? ReadFailure
    {
        get;
        set
        {
            lock (_gate)
            {
                field = value;
                if (value is not null) Pulse();
            }
        }
    }

    /// <summary>How long each read of a catch-up takes.</summary>
    public TimeSpan CatchUpDelay { get; set; }

    /// <summary>What readers say of the epoch behind every record.</summary>
    public int LeaderEpoch { get; set; } = -1;

    /// <summary>The readers that were opened, each with the epoch that it was told.</summary>
    public List<(int Partition, long Offset, int Epoch)> Opened { get; } = [];

    /// <summary>Adds a record and returns its offset; null leaves a gap.</summary>
    public long Add(int partition, string? value)
    {
        lock (_gate)
        {
            _logs[partition].Add(value is null ? null : Encoding.UTF8.GetBytes(value));
            Pulse();
            return _logs[partition].Count - 1;
        }
    }

    private void Pulse()
    {
        _grown.TrySetResult();
        _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Removes everything below an offset, as retention does.</summary>
    public void CutOff(int partition, long low)
    {
        lock (_gate) _low[partition] = low;
    }

    /// <summary>Adds an empty partition.</summary>
    public void AddPartition()
    {
        lock (_gate)
        {
            _logs.Add([]);
            _low.Add(0);
        }
    }

    /// <summary>Empties every partition, as when the topic was deleted and made again.</summary>
    public void MakeAgain()
    {
        lock (_gate)
            foreach (var log in _logs) log.Clear();
    }

    public IReadOnlyList<string> Validate(SourceDefinition definition) => [];

    public Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken) => Task.FromResult<ISource>(this);

    public Task<TopicDescription> DescribeTopicAsync(string topic, CancellationToken cancellationToken) => topic == name
        ? Task.FromResult(new TopicDescription { Topic = name, Partitions = _logs.Count, ClusterId = ClusterId })
        : throw new SourceException(SourceErrorKind.UnknownTopic, $"There is no topic {topic}.");

    public Task<Watermarks> GetWatermarksAsync(TopicPartition partition, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(new Watermarks(_low[partition.Partition], _logs[partition.Partition].Count));
    }

    public Task<long> FindOffsetAsync(TopicPartition partition, long timestampMilliseconds, CancellationToken cancellationToken) => Task.FromResult(timestampMilliseconds);

    public IPartitionReader OpenReader(TopicPartition partition, long nextOffset, ReaderRole role, int leaderEpoch = -1) 
    {
        lock (_gate) Opened.Add((partition.Partition, nextOffset, leaderEpoch));
        return new Reader(this, partition, nextOffset, role);
    }

    public Task PublishProgressAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Reader(MemoryTopic topic, TopicPartition partition, long next, ReaderRole role) : IPartitionReader
    {
        public Watermarks? Watermarks
        {
            get
            {
                lock (topic._gate) return new Watermarks(topic._low[partition.Partition], topic._logs[partition.Partition].Count);
            }
        }

        public bool HasAnswered => true;

        public int LeaderEpoch => topic.LeaderEpoch;

        public async ValueTask<MicroBatch> ReadAsync(int maxRecords, int maxBytes, CancellationToken cancellationToken)
        {
            if (role == ReaderRole.CatchUp) await Task.Delay(topic.CatchUpDelay, cancellationToken);
            while (true)
            {
                Task grown;
                lock (topic._gate)
                {
                    if (topic.ReadFailure is { } failure)
                    {
                        topic.ReadFailure = null;
                        throw failure;
                    }

                    if (next < topic._low[partition.Partition] || next > topic._logs[partition.Partition].Count)
                        throw new SourceException(SourceErrorKind.OffsetOutOfRange, $"Offset {next} of {partition} is out of range.");
                    if (next < topic._logs[partition.Partition].Count) return Take(maxRecords);
                    grown = topic._grown.Task;
                }

                await grown.WaitAsync(cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private MicroBatch Take(int maxRecords)
        {
            var log = topic._logs[partition.Partition];
            var (first, data, entries) = (next, new MemoryStream(), new List<RecordEntry>());
            for (; next < log.Count && next - first < maxRecords; next++)
            {
                if (log[(int)next] is not { } value) continue;
                entries.Add(new RecordEntry { Offset = next, TimestampMilliseconds = 1_700_000_000_000, KeyLength = -1, ValueStart = (int)data.Length, ValueLength = value.Length });
                data.Write(value);
            }

            return new MicroBatch(partition, new OffsetRange(first, next), entries.ToArray(), data.ToArray());
        }
    }
}
