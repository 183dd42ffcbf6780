using Bayou.Definitions;
using Bayou.Simulation.Tests.Failures;
using Bayou.Simulation.Tests.Host;
using Bayou.Sources;

namespace Bayou.Simulation.Tests.World;

/// <summary>A topic that outlives silos. Its records are given out in batches cut at random; a partition has one live reader at a time.</summary>
internal sealed class SimulatedTopic(SimulatedTime time, Random random, Faults faults) : ISourceFactory, ISource
{
    public const string Name = "events";
    private readonly Dictionary<int, SimulatedReader> _live = [];

    public List<SimulatedPartition> Partitions { get; } = [];

    public string Kind => "simulated";

    public SimulatedTime Time => time;

    public Random Random => random;

    public Faults Faults => faults;

    /// <summary>The moment at which reading goes wrong on purpose, or null.</summary>
    public FailurePoint? Failure { get; set; }

    public IReadOnlyList<string> Validate(SourceDefinition definition) => [];

    public Task<ISource> OpenAsync(SourceDefinition definition, CancellationToken cancellationToken) => Task.FromResult<ISource>(this);

    public Task<TopicDescription> DescribeTopicAsync(string topic, CancellationToken cancellationToken)
    {
        if (random.NextDouble() < faults.ReadFails) throw new SourceException(SourceErrorKind.Transient, "The broker is away.");
        return Task.FromResult(new TopicDescription { Topic = topic, Partitions = Partitions.Count, ClusterId = "cluster" });
    }

    public Task<Watermarks> GetWatermarksAsync(TopicPartition partition, CancellationToken cancellationToken) =>
        Task.FromResult(Partitions[partition.Partition].Bounds);

    public Task<long> FindOffsetAsync(TopicPartition partition, long timestampMilliseconds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IPartitionReader OpenReader(TopicPartition partition, long nextOffset, ReaderRole role, int leaderEpoch = -1)
    {
        var reader = new SimulatedReader(this, partition, nextOffset);
        if (role != ReaderRole.Live) return reader;
        _live.GetValueOrDefault(partition.Partition)?.TakeOver();
        _live[partition.Partition] = reader;
        return reader;
    }

    public Task PublishProgressAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
