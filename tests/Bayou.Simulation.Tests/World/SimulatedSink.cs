using System.Text;
using Bayou.Simulation.Tests.Failures;
using Bayou.Sinks;

namespace Bayou.Simulation.Tests.World;

/// <summary>A sink of a simulated destination. A commit may land after whoever sent it has died, as one on its way to a server does.</summary>
internal sealed class SimulatedSink(SimulatedDestination destination, string owner, SimulatedStore store) : ITransactionalSink
{
    public async Task OpenAsync(CancellationToken cancellationToken) => await BeSlowAsync(cancellationToken);

    public async Task<SinkState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await BeSlowAsync(cancellationToken);
        if (destination.Random.NextDouble() < destination.Faults.ReadFails) throw new IOException("The destination does not answer.");
        return store.State;
    }

    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken)
    {
        var rows = await TakeAsync(Step.Encode, () => Task.FromResult(commit.Batch.Rows.SelectMany(Read).ToList()));
        if (rows.Count > 0) await TakeAsync(Step.DataFile, () => Task.FromResult(destination.Files++));
        await BeSlowAsync(cancellationToken);
        if (destination.IsBroken(owner)) throw new SinkException(SinkErrorKind.Transient, "The destination is full.");
        if (destination.Random.NextDouble() < destination.Faults.CommitFails) throw new IOException("The destination does not answer.");
        var result = await TakeAsync(store.Path == SimulatedTables.QuarantinePath ? Step.QuarantineCommit : Step.LogCommit, () =>
            destination.Random.NextDouble() < destination.Faults.CommitLate ? LandLaterAsync(commit, rows, cancellationToken) : Task.FromResult(store.Apply(commit, rows)));
        if (destination.Random.NextDouble() < destination.Faults.CommitAnswerLost) throw new TimeoutException("The answer is lost.");
        return result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> TakeAsync<T>(Step step, Func<Task<T>> work) => destination.Failure is { } failure ? failure.TakeAsync(step, work) : work();

    private async Task<CommitResult> LandLaterAsync(SinkCommit commit, List<Row> rows, CancellationToken cancellationToken)
    {
        var landed = new TaskCompletionSource<CommitResult>();
        destination.Time.After(TimeSpan.FromMilliseconds(destination.Random.Next(1, 1500)), () => landed.TrySetResult(store.Apply(commit, rows)));
        return await landed.Task.WaitAsync(cancellationToken);
    }

    private async Task BeSlowAsync(CancellationToken cancellationToken)
    {
        if (destination.CallTimes.TryGetValue(owner, out var time)) await Task.Delay(time, destination.Time, cancellationToken);
        if (destination.IsSlow(owner)) await Task.Delay(TimeSpan.FromMilliseconds(destination.Random.Next(100, 5000)), destination.Time, cancellationToken);
    }

    private List<Row> Read(RowBlockRange range)
    {
        var block = range.Open();
        var text = block.Column(store.Path == SimulatedTables.QuarantinePath ? 1 : 0);
        var rows = new List<Row>();
        for (var row = destination.Mutation == Mutation.ReplayNotTrimmed ? 0 : range.FirstRow; row < block.Rows; row++)
            rows.Add(new Row(range.Partition.Partition, block.Offsets[row], text.IsNull(row) ? "" : Encoding.UTF8.GetString(text.Bytes(row))));
        return rows;
    }
}
