using Bayou.Definitions;
using Bayou.Sinks;

namespace Bayou.Cluster.Tests.Doubles;

/// <summary>A destination without cursors that outlives a silo: it stores what it is given, as often as it is given it.</summary>
internal sealed class PlainDestination : ISinkFactory
{
    private readonly Lock _gate = new();
    private readonly List<Written> _written = [];

    /// <summary>Called before a batch is stored; may throw or wait.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>Called after a batch was stored; may throw, as when the answer is lost.</summary>
    public Func<Task> After { get; set; } = () => Task.CompletedTask;

    public string Kind => "plain";

    public IReadOnlyList<SinkOption> Options => [];

    public IReadOnlyList<string> Validate(TableDefinition table) => [];

    public ISink Create(SinkContext context) => new Sink(this, context);

    /// <summary>What was stored of a table, in order.</summary>
    public IReadOnlyList<Written> Of(string table)
    {
        lock (_gate) return [.. _written.Where(batch => batch.Table == table)];
    }

    /// <summary>First values of all rows of a table, in the order of arrival.</summary>
    public string[] Ids(string table) => [.. Of(table).SelectMany(batch => batch.Ids)];

    public sealed record Written(string Table, string Owner, string Id, string[] Ids);

    private sealed class Sink(PlainDestination destination, SinkContext context) : ISink
    {
        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
        {
            await destination.Before().WaitAsync(cancellationToken);
            lock (destination._gate) destination._written.Add(new Written(context.Table.Name, context.Owner, batch.Id, Ids(batch)));
            await destination.After().WaitAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private string[] Ids(SinkBatch batch)
        {
            var ids = new List<string>();
            var rows = new RowReader(batch, context.Table);
            while (rows.Read()) ids.Add(rows.Current.Value(0) as string ?? $"{rows.Current.Offset}");
            return [.. ids];
        }
    }
}
