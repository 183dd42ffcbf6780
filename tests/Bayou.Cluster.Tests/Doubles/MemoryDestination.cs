using System.Collections.Concurrent;
using System.Text;
using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Cluster.Tests.Doubles;

/// <summary>
/// Destinations that really store and outlive a silo: per table its rows, cursors and definition, changed together. Faults can be put before or after a
/// commit lands.
/// </summary>
internal sealed class MemoryDestination : ISinkFactory
{
    private readonly ConcurrentDictionary<(string Path, string Owner), Stored> _stored = new();

    /// <summary>Called before a commit is applied, with its owner; may throw or wait.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after a commit was applied, with its owner; may throw, as when the answer is lost.</summary>
    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before the state is read, with its owner; may throw or wait.</summary>
    public Func<string, CancellationToken, Task> Reading { get; set; } = (_, _) => Task.CompletedTask;

    public string Kind => "memory";

    public IReadOnlyList<SinkOption> Options => [new SinkOption { Name = "path", Type = SinkOptionType.Text, Required = true, Description = "Name of the store." }];

    public IReadOnlyList<string> Validate(TableDefinition table) => [];

    public ISink Create(SinkContext context) => new Sink(this, context, Of(context.Table.Sink.Options["path"], context.Owner));

    /// <summary>What is stored under a path for an owner.</summary>
    public Stored Of(string path, string owner) => _stored.GetOrAdd((path, owner), _ => new Stored());

    /// <summary>Everything under a path, whoever owns it, in the order of commits.</summary>
    public IReadOnlyList<Row> Rows(string path) => [.. _stored.Where(entry => entry.Key.Path == path).SelectMany(entry => entry.Value.Snapshot())];

    /// <summary>Breaks the commit that comes as number <paramref name="step"/> from now, once; completes when it came.</summary>
    public Task BreakCommit(int step, CommitFault fault)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = -1;
        Task Break(string owner)
        {
            if (Interlocked.Increment(ref count) != step) return Task.CompletedTask;
            reached.SetResult();
            return fault == CommitFault.Crash ? Task.Delay(Timeout.Infinite) : Task.FromException(new TimeoutException("The answer is lost."));
        }

        if (fault == CommitFault.Before) Before = Break;
        else After = Break;
        return reached.Task;
    }

    public sealed record Row(TopicPartition Partition, long Offset, string First);

    public sealed class Stored
    {
        private readonly Lock _gate = new();
        private readonly List<Row> _rows = [];
        private readonly HashSet<string> _commits = [];

        public SinkState State { get; private set; } = new() { Cursors = [] };

        public int Commits { get; private set; }

        public IReadOnlyList<Row> Snapshot()
        {
            lock (_gate) return [.. _rows];
        }

        public CommitResult Apply(SinkCommit commit)
        {
            lock (_gate)
            {
                if (_commits.Contains(commit.Batch.Id)) return new CommitResult { Committed = true, SinkVersion = Commits };
                if (!CommitFence.Admits(State, commit)) return new CommitResult { Committed = false, Found = State };
                _commits.Add(commit.Batch.Id);
                foreach (var range in commit.Batch.Rows) Append(range);
                var cursors = new Dictionary<CursorKey, long>(State.Cursors);
                foreach (var move in commit.Cursors) cursors[move.Key] = move.Next;
                State = new SinkState { Definition = commit.Definition, Cursors = cursors, Sources = commit.Sources?.ToArray() ?? State.Sources };
                Commits++;
                return new CommitResult { Committed = true, SinkVersion = Commits, BytesWritten = commit.Batch.Rows.Sum(range => range.Block.Length), FilesWritten = 1 };
            }
        }

        private void Append(RowBlockRange range)
        {
            var block = range.Open();
            var first = block.Column(0);
            for (var row = range.FirstRow; row < block.Rows; row++)
                _rows.Add(new Row(range.Partition, block.Offsets[row], first.IsNull(row) ? "" : Encoding.UTF8.GetString(first.Bytes(row))));
        }
    }

    private sealed class Sink(MemoryDestination destination, SinkContext context, Stored stored) : ITransactionalSink
    {
        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<SinkState> ReadStateAsync(CancellationToken cancellationToken)
        {
            await destination.Reading(context.Owner, cancellationToken);
            return stored.State;
        }

        public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken)
        {
            await destination.Before(context.Owner).WaitAsync(cancellationToken);
            var result = stored.Apply(commit);
            await destination.After(context.Owner).WaitAsync(cancellationToken);
            return result;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
