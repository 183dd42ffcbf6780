using Bayou.Memory;

namespace Bayou.Sinks.Memory;

/// <summary>Holds a table's latest rows in a grain. At least once: a batch that comes again is held again.</summary>
internal sealed class MemorySink(SinkContext context, MemorySinkOptions options, IMemoryTableGrain table) : ISink
{
    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Rows.All(range => range.Rows == 0)) return;
        await table.AppendAsync(new MemoryAppend
        {
            Table = context.Table,
            // Copies, because the batch's memory is the host's.
            Blocks = [.. batch.Rows.Where(range => range.Rows > 0).Select(range => new MemoryBlock { Partition = range.Partition, Generation = range.Generation, Bytes = range.Block.ToArray(), FirstRow = range.FirstRow })],
            MostRows = options.Rows,
            MostBytes = options.Bytes,
        }).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
