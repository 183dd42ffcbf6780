using System.Globalization;
using Bayou.Definitions;
using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Kit;

/// <summary>A sink with cursors that is right, but for one mistake.</summary>
internal sealed class CarelessSink(SinkContext context, CarelessStore store, Mistake mistake, SinkFault? fault = null) : ITransactionalSink
{
    private SinkFault? _fault = fault;
    private SinkState? _cached;

    private string Owner => mistake == Mistake.OwnersShareCursors ? "all" : $"{context.Pipeline}/{context.Owner}";

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SinkState> ReadStateAsync(CancellationToken cancellationToken)
    {
        lock (store.Gate) return Task.FromResult(mistake == Mistake.StateIsCached ? _cached ??= State() : State());
    }

    public Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken)
    {
        if (mistake != Mistake.CancellationIgnored) cancellationToken.ThrowIfCancellationRequested();
        lock (store.Gate)
        {
            var hasRows = commit.Batch.Rows.Any(range => range.Rows > 0);
            if (mistake != Mistake.BatchesNotRemembered && store.Batches.Contains($"{Owner} {commit.Batch.Id}")) return Task.FromResult(new CommitResult { Committed = true });
            var state = State();
            if (!Admits(state, commit))
            {
                if (mistake == Mistake.RowsStayWhenFenced) Append(commit.Batch);
                return Task.FromResult(new CommitResult { Committed = false, Found = state });
            }

            if (hasRows) FailIf(SinkFault.BeforeData);
            if (mistake == Mistake.CursorsBeforeRows) Move(state, commit);
            if (hasRows) FailIf(SinkFault.PartWay);
            Append(commit.Batch);
            Move(state, commit);
            store.Batches.Add($"{Owner} {commit.Batch.Id}");
            if (hasRows) FailIf(SinkFault.AfterData);
            return Task.FromResult(new CommitResult { Committed = true });
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void FailIf(SinkFault at)
    {
        if (_fault != at) return;
        _fault = null;
        throw new IOException($"Made to fail ({at}).");
    }

    private bool Admits(SinkState state, SinkCommit commit) => mistake switch
    {
        Mistake.NoFence => true,
        Mistake.StoredIsLowerThanMine => state.Definition == commit.ExpectedDefinition && commit.Cursors.All(move => !state.Cursors.TryGetValue(move.Key, out var stored) || stored <= move.From),
        Mistake.DefinitionNotCompared => CommitFence.Admits(state, commit with { ExpectedDefinition = state.Definition }),
        Mistake.OnlyFirstCursorCompared => CommitFence.Admits(state, commit with { Cursors = [.. commit.Cursors.Take(1)] }),
        _ => CommitFence.Admits(state, commit),
    };

    private SinkState State()
    {
        var others = store.States.Keys.Where(owner => owner != Owner).Order(StringComparer.Ordinal).ToArray();
        return (store.States.TryGetValue(Owner, out var state) ? state : new SinkState { Cursors = [] }) with { OtherOwners = others };
    }

    private void Move(SinkState state, SinkCommit commit)
    {
        var cursors = new Dictionary<CursorKey, long>(state.Cursors);
        foreach (var move in commit.Cursors) cursors[move.Key] = move.Next;
        var sources = mistake == Mistake.SourcesForgotten ? [] : commit.Sources?.ToArray() ?? state.Sources;
        store.States[Owner] = new SinkState { Definition = commit.Definition, Cursors = cursors, Sources = sources };
    }

    private void Append(SinkBatch batch)
    {
        if (mistake == Mistake.FirstRowIgnored) batch = batch with { Rows = [.. batch.Rows.Select(range => range with { FirstRow = 0 })] };
        if (mistake == Mistake.LastBlockForgotten && batch.Rows.Count > 1) batch = batch with { Rows = [.. batch.Rows.SkipLast(1)] };
        var count = batch.Rows.Sum(range => range.Rows);
        for (var i = 0; i < count; i++)
        {
            var at = i;
            Func<StoredRow> read = () => Read(batch, at);
            if (mistake != Mistake.RowsReadLater)
            {
                var row = read();
                read = () => row;
            }

            if (mistake == Mistake.NewestFirst) store.Rows.Insert(0, read);
            else store.Rows.Add(read);
        }
    }

    private StoredRow Read(SinkBatch batch, int at)
    {
        // Straight to the row's block; the reader would begin at the first one each time.
        var range = 0;
        while (at >= batch.Rows[range].Rows) at -= batch.Rows[range++].Rows;
        var rows = new RowReader(batch with { Rows = [batch.Rows[range] with { FirstRow = batch.Rows[range].FirstRow + at }] }, context.Table);
        Assert.True(rows.Read());
        var row = rows.Current;
        var values = new object?[row.Columns];
        for (var column = 0; column < values.Length; column++) values[column] = Spoil(row.Value(column), row.Column(column).Type.Kind);
        return new StoredRow { Topic = row.Partition.Topic, Partition = row.Partition.Partition, Offset = row.Offset, TimestampMicroseconds = row.TimestampMicroseconds, Values = values };
    }

    private object? Spoil(object? value, ColumnKind kind) => (mistake, value, kind) switch
    {
        (Mistake.TextTrimmed, string text, ColumnKind.String) => text.Trim(),
        (Mistake.EmptyTextIsNull, "", ColumnKind.String) => null,
        (Mistake.DecimalsAsDoubles, string digits, ColumnKind.Decimal) => double.Parse(digits, CultureInfo.InvariantCulture).ToString("F" + (digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0), CultureInfo.InvariantCulture),
        (Mistake.MillisecondInstants, DateTime instant, _) => new DateTime(instant.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc),
        _ => value,
    };
}
