using System.Text.Json;
using Bayou.Sinks;

namespace OwnSink;

/// <summary>Appends a table's rows to a file, a JSON object a line. At least once: a batch that comes again is appended again, and its rows are told by topic, partition and offset.</summary>
public sealed class JsonLinesSink(SinkContext context) : ISink
{
    /// <summary>The option that names the file.</summary>
    public const string PathOption = "path";

    private FileStream? _file;
    private long _length;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => context.Executor.RunAsync(() =>
    {
        _file?.Dispose();
        _file = new FileStream(context.Table.Sink.Options[PathOption], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        // A process that was killed may have left half a line behind. Nobody was told that it is there, so it comes again.
        _length = EndOfLastLine(_file);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = _file ?? throw new InvalidOperationException("The sink is not open.");
        // Blocking work belongs on the host's threads. What it throws is taken for transient: the host waits and gives the same batch again.
        await context.Executor.RunAsync(() =>
        {
            file.SetLength(_length);
            file.Position = _length;
            Append(file, batch);
            // Only what is on the disk may be called written.
            file.Flush(flushToDisk: true);
            return _length = file.Position;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Append(Stream stream, SinkBatch batch)
    {
        using var json = new Utf8JsonWriter(stream);
        var rows = new RowReader(batch, context.Table);
        while (rows.Read())
        {
            RowJson.Write(json, rows.Current, context.Table);
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    private static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') return end;
        }

        return 0;
    }
}
