using Bayou.Definitions;

namespace Bayou.Sinks.TestKit;

/// <summary>
/// What every sink has to do, shown on its real destination. Derive a public class from it, or from <see cref="TransactionalSinkContractTests"/> for a sink that stores cursors
/// with its rows; say how sinks are made and how the destination is read back. xunit makes an object of the class for each test, and each needs a destination of its own,
/// which is made in the constructor and removed in <c>Dispose</c>.
/// </summary>
public abstract class SinkContractTests
{
    /// <summary>Makes the sinks under test.</summary>
    protected abstract ISinkFactory Factory { get; }

    /// <summary>The sink as a pipeline file would have it; it leads to this test's destination.</summary>
    protected abstract SinkDefinition Sink { get; }

    /// <summary>
    /// A sink on the same destination that fails once, with whatever exception, in the first write or commit that has rows: at the given point. A sink that writes to what cannot
    /// be made to fail is wrapped in a <see cref="FailingSink"/>.
    /// </summary>
    protected abstract ISink CreateFailing(SinkContext context, SinkFault fault);

    /// <summary>All rows that the destination has of the table, in the order in which it has them; if it knows none, ordered by partition and offset. Empty when there is no table yet.</summary>
    protected abstract Task<IReadOnlyList<StoredRow>> ReadBackAsync(TableDefinition table);

    /// <summary>How often a row is there after its batch was written twice with the same id, by two sinks: 2 when the sink keeps no ids, and 1 when it does.</summary>
    protected virtual int CopiesAfterReplay => 2;

    /// <summary>How often a row is there after its batch landed, the answer was lost, and the same sink wrote it again.</summary>
    protected virtual int CopiesAfterLostAnswer => CopiesAfterReplay;

    /// <summary>
    /// False for a value that the destination cannot hold, which the kit then leaves out. What becomes of such a value is to be shown by a test of the deriving class, and told on
    /// the sink's page.
    /// </summary>
    /// <param name="type">The column's type.</param>
    /// <param name="value">The value as <see cref="StoredRow.Values"/> would have it; never null.</param>
    protected virtual bool Takes(ColumnType type, object value) => true;

    [Fact]
    public void Validate_of_the_tables_that_are_tested_finds_nothing()
    {
        Assert.Empty(Factory.Validate(KitTables.Small(Sink)));
        Assert.Empty(Factory.Validate(KitTables.AllTypes(Sink)));
        Assert.Equal(Factory.Kind, Sink.Kind);
    }

    [Fact]
    public async Task Open_twice_changes_nothing()
    {
        await using var sink = Create();
        await sink.OpenAsync(default);
        await sink.OpenAsync(default);

        await StoreAsync(sink, Batch("b1", KitTables.Rows(0, 0, 2)));

        await AssertRowsAsync(KitTables.Rows(0, 0, 2));
    }

    [Fact]
    public async Task Dispose_of_a_sink_that_was_never_opened_works_and_so_does_a_second_one()
    {
        var sink = Create();

        await sink.DisposeAsync();
        await sink.DisposeAsync();

        await AssertRowsAsync([]);
    }

    [Fact]
    public async Task Write_empty_batch_stores_nothing()
    {
        await using var sink = await OpenAsync();

        await StoreAsync(sink, new SinkBatch { Id = "b1", Rows = [] });
        await AssertRowsAsync([]);

        await StoreAsync(sink, Batch("b2", KitTables.Rows(0, 0, 1)));
        await AssertRowsAsync(KitTables.Rows(0, 0, 1));
    }

    [Fact]
    public async Task Write_batches_of_several_partitions_keeps_the_order_of_each()
    {
        await using var sink = await OpenAsync();
        var expected = new List<KitRow>();
        for (var batch = 0; batch < 5; batch++)
        {
            KitRow[] rows = [.. KitTables.Rows(0, batch * 3, 3), .. KitTables.Rows(1, batch * 2, 2), .. KitTables.Rows(7, batch, 1)];
            expected.AddRange(rows);
            await StoreAsync(sink, Batch($"b{batch}", rows));
        }

        await AssertRowsAsync(expected);
    }

    [Fact]
    public async Task Write_offsets_with_gaps_keeps_them()
    {
        await using var sink = await OpenAsync();
        KitRow[] rows = [KitTables.Row(0, 5), KitTables.Row(0, 6), KitTables.Row(0, 900), KitTables.Row(0, 1L << 40)];

        await StoreAsync(sink, Batch("b1", rows));

        await AssertRowsAsync(rows);
    }

    [Fact]
    public async Task Write_leaves_out_the_rows_before_the_first_row()
    {
        await using var sink = await OpenAsync();

        await StoreAsync(sink, KitBatches.Create(Small, "b1", KitTables.Rows(0, 10, 5), firstRow: 3));

        await AssertRowsAsync(KitTables.Rows(0, 13, 2));
    }

    [Fact]
    public async Task Write_does_not_look_at_the_rows_after_it_returned()
    {
        await using var sink = await OpenAsync();
        var batch = Batch("b1", KitTables.Rows(0, 0, 100));

        await StoreAsync(sink, batch);
        // The host reuses the memory for other rows.
        foreach (var range in batch.Rows) System.Runtime.InteropServices.MemoryMarshal.AsMemory(range.Block).Span.Fill(0xDB);

        await AssertRowsAsync(KitTables.Rows(0, 0, 100));
    }

    [Fact]
    public async Task Write_values_of_all_types_and_nulls_keeps_them()
    {
        var table = KitTables.AllTypes(Sink);
        await using var sink = await OpenAsync(table);
        var columns = table.Columns.Select((column, i) => KitValues.ByColumn[i].Where(value => Takes(column.Type, value.Stored!)).Append(default).ToList()).ToList();
        KitRow[] rows = [.. Enumerable.Range(0, columns.Max(values => values.Count)).Select(row => new KitRow(0, row, [.. columns.Select(values => values[row % values.Count])]))];
        KitRow[] nulls = [.. Enumerable.Range(0, 3).Select(row => new KitRow(1, row, [.. columns.Select(_ => default(KitValue))]))];

        await StoreAsync(sink, KitBatches.Create(table, "b1", [.. rows, .. nulls]));

        await AssertRowsAsync([.. rows, .. nulls], table);
    }

    [Fact]
    public async Task Write_hostile_strings_keeps_them()
    {
        await using var sink = await OpenAsync();
        KitRow[] rows = [.. KitValues.HostileStrings.Where(text => Takes(new ColumnType(ColumnKind.String), text)).Select((text, i) => new KitRow(0, i, [KitValue.Same((long)i), KitValue.Same(text)]))];

        await StoreAsync(sink, Batch("b1", rows));

        await AssertRowsAsync(rows);
    }

    [Fact]
    public async Task Write_large_values_and_many_rows_keeps_them()
    {
        await using var sink = await OpenAsync();
        KitRow[] rows =
        [
            new(0, 0, [KitValue.Same(1L), KitValue.Same(string.Concat(Enumerable.Repeat("käse und brot ", 300_000)))]),
            new(0, 1, [KitValue.Same(2L), KitValue.Same(new string('x', 1_000_000))]),
            .. KitTables.Rows(0, 2, 20_000),
        ];

        await StoreAsync(sink, Batch("b1", rows));

        await AssertRowsAsync(rows);
    }

    [Fact]
    public async Task Write_by_a_sink_that_was_opened_again_goes_on_behind_the_rows_that_are_there()
    {
        await using (var before = await OpenAsync()) await StoreAsync(before, Batch("b1", KitTables.Rows(0, 0, 3)));
        await using var after = await OpenAsync();

        await StoreAsync(after, Batch("b2", KitTables.Rows(0, 3, 2)));

        await AssertRowsAsync(KitTables.Rows(0, 0, 5));
    }

    [Fact]
    public async Task Write_again_after_a_restart_has_as_many_copies_as_the_sink_says()
    {
        await using (var before = await OpenAsync()) await StoreAsync(before, Batch("b1", KitTables.Rows(0, 0, 3)));
        await using var after = await OpenAsync();

        await StoreAsync(after, Batch("b1", KitTables.Rows(0, 0, 3)));

        await AssertCopiesAsync(KitTables.Rows(0, 0, 3), CopiesAfterReplay);
    }

    [Fact]
    public async Task Write_that_failed_before_it_stored_anything_may_be_repeated()
    {
        await using var sink = CreateFailing(Context(Small), SinkFault.BeforeData);
        await sink.OpenAsync(default);

        await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(sink, Batch("b1", KitTables.Rows(0, 0, 3))));
        await AssertRowsAsync([]);
        await StoreAsync(sink, Batch("b1", KitTables.Rows(0, 0, 3)));

        await AssertRowsAsync(KitTables.Rows(0, 0, 3));
    }

    [Fact]
    public async Task Write_that_failed_part_way_may_be_repeated_and_loses_nothing()
    {
        await using var sink = CreateFailing(Context(Small), SinkFault.PartWay);
        await sink.OpenAsync(default);
        KitRow[] rows = [.. KitTables.Rows(0, 0, 50), .. KitTables.Rows(1, 0, 50)];

        await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(sink, Batch("b1", rows)));
        var left = await LinesAsync(Small);
        await StoreAsync(sink, Batch("b1", rows));

        // What is left of the first attempt stays; the second one is whole, and behind it in each partition.
        AssertLeftOvers(left, Lines(rows));
        Assert.Equal([.. left.Where(IsOfFirst), .. Lines(rows).Where(IsOfFirst)], (await LinesAsync(Small)).Where(IsOfFirst));
        Assert.Equal([.. left.Where(line => !IsOfFirst(line)), .. Lines(rows).Where(line => !IsOfFirst(line))], (await LinesAsync(Small)).Where(line => !IsOfFirst(line)));

        static bool IsOfFirst(string line) => line.StartsWith($"{KitRow.Topic}/0@", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_that_failed_after_all_was_stored_may_be_repeated()
    {
        await using var sink = CreateFailing(Context(Small), SinkFault.AfterData);
        await sink.OpenAsync(default);

        await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync(sink, Batch("b1", KitTables.Rows(0, 0, 3))));
        await AssertRowsAsync(KitTables.Rows(0, 0, 3));
        await StoreAsync(sink, Batch("b1", KitTables.Rows(0, 0, 3)));

        await AssertCopiesAsync(KitTables.Rows(0, 0, 3), CopiesAfterLostAnswer);
    }

    [Fact]
    public async Task Write_that_was_cancelled_before_it_began_stores_nothing_and_may_be_repeated()
    {
        await using var sink = await OpenAsync();
        await StoreAsync(sink, Batch("b1", KitTables.Rows(0, 0, 3)));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreAsync(sink, Batch("b2", KitTables.Rows(0, 3, 3)), cancelled.Token));
        await AssertRowsAsync(KitTables.Rows(0, 0, 3));
        await StoreAsync(sink, Batch("b2", KitTables.Rows(0, 3, 3)));

        await AssertRowsAsync(KitTables.Rows(0, 0, 6));
    }

    /// <summary>Has the sink store a batch as a host would; a sink with cursors in a commit.</summary>
    private protected virtual Task StoreAsync(ISink sink, SinkBatch batch, CancellationToken cancellationToken = default) => sink.WriteAsync(batch, cancellationToken);

    private protected TableDefinition Small => KitTables.Small(Sink);

    private protected SinkBatch Batch(string id, IEnumerable<KitRow> rows) => KitBatches.Create(Small, id, rows);

    private protected SinkContext Context(TableDefinition table, string? owner = null) =>
        new() { Pipeline = KitTables.Pipeline, Owner = owner ?? table.Name, Table = table, Executor = new KitExecutor(), Time = TimeProvider.System };

    private protected ISink Create(TableDefinition? table = null) => Factory.Create(Context(table ?? Small));

    private protected async Task<ISink> OpenAsync(TableDefinition? table = null)
    {
        var sink = Create(table);
        await sink.OpenAsync(default);
        return sink;
    }

    private protected Task AssertRowsAsync(IReadOnlyList<KitRow> rows, TableDefinition? table = null) => AssertLinesAsync(Lines(rows), table ?? Small);

    private protected async Task AssertCopiesAsync(IReadOnlyList<KitRow> rows, int copies) =>
        Assert.Equal(Enumerable.Range(0, copies).SelectMany(_ => Lines(rows)).Order(StringComparer.Ordinal), (await LinesAsync(Small)).Order(StringComparer.Ordinal));

    /// <summary>What a write that failed part way may leave: fewer rows than it had, each of them once.</summary>
    private protected virtual void AssertLeftOvers(IReadOnlyList<string> left, IReadOnlyList<string> written)
    {
        Assert.True(left.Count < written.Count, $"All {left.Count} rows are there, so the write did not fail part way.");
        Assert.Empty(left.Except(written));
        Assert.Equal(left.Count, left.Distinct().Count());
    }

    private async Task AssertLinesAsync(IReadOnlyList<string> expected, TableDefinition table) => Assert.Equal(expected, await LinesAsync(table));

    // Partitions are independent of each other: only the order within each is compared.
    private protected static IReadOnlyList<string> Lines(IEnumerable<KitRow> rows) => [.. rows.OrderBy(row => row.Partition).Select(row => row.Expected.ToString())];

    private protected async Task<IReadOnlyList<string>> LinesAsync(TableDefinition table) => [.. (await ReadBackAsync(table)).OrderBy(row => row.Partition).Select(row => row.ToString())];
}
