using Bayou.Definitions;
using Bayou.Sinks.Delta;
using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>The Delta sink does what every sink with cursors has to do.</summary>
public sealed class DeltaContractTests : TransactionalSinkContractTests, IDisposable
{
    private readonly TableFolder _folder = new();

    protected override ISinkFactory Factory { get; } = new DeltaSinkFactory();

    protected override SinkDefinition Sink => new() { Kind = "delta", Options = new() { ["path"] = _folder.Path } };

    public void Dispose() => _folder.Dispose();

    protected override ISink CreateFailing(SinkContext context, SinkFault fault)
    {
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path));
        // A commit with rows writes its data file first.
        storage.BeforeWrite = _ =>
        {
            storage.BeforeWrite = null;
            if (fault == SinkFault.BeforeData) throw new IOException("The disk is gone.");
            if (fault == SinkFault.PartWay) storage.BeforeCreate = _ =>
            {
                storage.BeforeCreate = null;
                throw new IOException("The disk is gone before the log has the commit.");
            };
            else storage.AfterCreate = _ =>
            {
                storage.AfterCreate = null;
                throw new IOException("The answer is lost.");
            };
        };
        return new DeltaSink(context, new DeltaSinkOptions { Path = _folder.Path }, storage);
    }

    protected override Task<IReadOnlyList<StoredRow>> ReadBackAsync(TableDefinition table)
    {
        if (!DeltaTableReader.Exists(_folder.Path)) return Task.FromResult<IReadOnlyList<StoredRow>>([]);
        var rows = DeltaTableReader.Open(_folder.Path).Read([MetadataColumns.Topic, MetadataColumns.Partition, MetadataColumns.Offset, MetadataColumns.Timestamp, .. table.Columns.Select(column => column.Name)]);
        return Task.FromResult<IReadOnlyList<StoredRow>>([.. rows.SelectMany(Rows)]);
    }

    private static IEnumerable<StoredRow> Rows(DeltaRows rows) => Enumerable.Range(0, rows.Count).Select(row => new StoredRow
    {
        Topic = rows.Columns[0].Text(row)!,
        Partition = rows.Columns[1].Fixed<int>()[row],
        Offset = rows.Columns[2].Fixed<long>()[row],
        TimestampMicroseconds = rows.Columns[3].Fixed<long>()[row],
        Values = [.. rows.Columns.Skip(4).Select(column => column.Value(row))],
    });
}
