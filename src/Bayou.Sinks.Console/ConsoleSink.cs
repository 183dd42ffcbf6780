namespace Bayou.Sinks.Console;

/// <summary>Prints a table's rows. At least once: a batch that comes again is printed again.</summary>
internal sealed class ConsoleSink(SinkContext context, ConsoleSinkOptions options, ConsoleOutput output) : ISink
{
    private readonly RowPrinter _printer = new(context.Table, options.Format);
    private long _left = options.Limit;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await context.Executor.RunAsync(() => Print(batch), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            throw new SinkException(SinkErrorKind.Transient,
                $"Printing batch {batch.Id} of table {context.Table.Name}: {exception.Message} It is printed again, so that some of its rows may be there twice.", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool Print(SinkBatch batch)
    {
        var (text, rows) = _printer.Print(batch, _left);
        if (rows == 0) return false;
        var isLast = options.Limit != long.MaxValue && rows == _left;
        if (isLast && options.Format == ConsoleFormat.Pretty) text += $"{context.Table.Name}  limit of {options.Limit} rows reached: further rows are taken and not printed\n";
        output.Print(text);
        if (options.Limit != long.MaxValue) _left -= rows;
        return true;
    }
}
