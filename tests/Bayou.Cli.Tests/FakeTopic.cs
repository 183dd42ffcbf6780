using System.Text;
using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Cli.Tests;

/// <summary>A source of one topic in memory whose readers wait for ever at its end, as those of a real one do.</summary>
internal sealed class FakeTopic : ISourceFactory, ISource
{
    private readonly List<List<byte[]?>> _logs = [];

    public string Kind => "kafka";

    /// <summary>First offset of each partition that is still there.</summary>
    public long Low { get; set; }

    public SourceException? Failure { get; set; }

    public int OpenReaders { get; private set; }

    /// <summary>Adds a partition with these records; null is an offset without one.</summary>
    public void AddPartition(params string?[] values) => _logs.Add([.. values.Select(value => value is null ? null : Encoding.Latin1.GetBytes(value))]);

    public IReadOnlyList<string> Validate(SourceDefinition definition) => [];

    public Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<ISource>(this) : Task.FromException<ISource>(Failure);

    public Task<TopicDescription> DescribeTopicAsync(string topic, CancellationToken cancellationToken) =>
        Task.FromResult(new TopicDescription { Topic = topic, Partitions = _logs.Count });

    public Task<Watermarks> GetWatermarksAsync(TopicPartition partition, CancellationToken cancellationToken) =>
        Task.FromResult(new Watermarks(Low, _logs[partition.Partition].Count));

    public Task<long> FindOffsetAsync(TopicPartition partition, long timestampMilliseconds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task PublishProgressAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IPartitionReader OpenReader(TopicPartition partition, long nextOffset, ReaderRole role, int leaderEpoch = -1)
    {
        OpenReaders++;
        return new Reader(this, partition, nextOffset);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Reader(FakeTopic topic, TopicPartition partition, long next) : IPartitionReader
    {
        public Watermarks? Watermarks => null;

        public async ValueTask<MicroBatch> ReadAsync(int maxRecords, int maxBytes, CancellationToken cancellationToken)
        {
            var log = topic._logs[partition.Partition];
            if (next == log.Count)
                await Task.Delay(Timeout.Infinite, cancellationToken);

            var (first, data, entries) = (next, new MemoryStream(), new List<RecordEntry>());
            for (; next < log.Count && entries.Count < maxRecords; next++)
            {
                if (log[(int)next] is not { } value)
                    continue;
                entries.Add(new RecordEntry { Offset = next, TimestampMilliseconds = -1, KeyLength = -1, ValueStart = (int)data.Length, ValueLength = value.Length });
                data.Write(value);
            }

            return new MicroBatch(partition, new OffsetRange(first, next), entries.ToArray(), data.ToArray());
        }

        public ValueTask DisposeAsync()
        {
            topic.OpenReaders--;
            return ValueTask.CompletedTask;
        }
    }
}
