using Bayou.Definitions;
using Bayou.Tests.PipelineFile;

namespace Bayou.Tests.Definitions;

public sealed class DefinitionComparerTests
{
    [Fact]
    public void Check_same_definition_changes_nothing()
    {
        var change = Check();

        Assert.True(change.IsAllowed);
        Assert.False(change.NeedsNewVersion);
        Assert.Empty(change.AddedTables);
        Assert.Empty(change.RemovedTables);
        Assert.Empty(change.RenamedTables);
        Assert.Empty(change.AddedColumns);
        Assert.Empty(change.RemovedColumns);
    }

    [Fact]
    public void Check_commit_policy_needs_no_version()
    {
        var change = Check(("rows: 500000", "rows: 7"));

        Assert.True(change.IsAllowed);
        Assert.False(change.NeedsNewVersion);
    }

    [Fact]
    public void Check_columns_added_and_removed_are_allowed()
    {
        var change = Check(("      ts: timestamp\n", "      at: { type: timestamp, required: true }\n      city: string\n"));

        Assert.True(change.IsAllowed);
        Assert.True(change.NeedsNewVersion);
        Assert.Equal(["orders.at", "orders.city"], change.AddedColumns.Select(c => c.ToString()));
        Assert.Equal(["orders.ts"], change.RemovedColumns.Select(c => c.ToString()));
    }

    [Fact]
    public void Check_table_added_and_removed_are_allowed()
    {
        var change = Check(("  orders:", "  sales:"), ("./lake/orders", "./lake/sales"));

        Assert.True(change.IsAllowed);
        Assert.Equal(["sales"], change.AddedTables);
        Assert.Equal(["orders"], change.RemovedTables);
        Assert.Empty(change.RenamedTables);
    }

    [Fact]
    public void Check_table_renamed_with_previous_name_is_allowed()
    {
        var change = Check(("  orders:", "  sales:\n    previousName: orders"), ("decimal(12,2)", "decimal(12,2)\n      extra: long"));

        Assert.True(change.IsAllowed);
        Assert.Equal(new Dictionary<string, string> { ["sales"] = "orders" }, change.RenamedTables);
        Assert.Empty(change.AddedTables);
        Assert.Empty(change.RemovedTables);
        Assert.Equal(["sales.extra"], change.AddedColumns.Select(c => c.ToString()));
    }

    [Fact]
    public void Check_previous_name_left_in_the_file_says_nothing_more()
    {
        var renamed = Read(("  orders:", "  sales:\n    previousName: orders"));

        var change = DefinitionComparer.Check(renamed, renamed);

        Assert.True(change.IsAllowed);
        Assert.Empty(change.RenamedTables);
    }

    [Fact]
    public void Check_pipeline_renamed_with_previous_name_is_allowed() =>
        Assert.True(Check(("name: shop", "name: store\npreviousName: shop")).IsAllowed);

    [Theory]
    [InlineData("name: shop", "name: store", "The pipeline was named 'shop' and is now named 'store'; its cursors carry the old name. Add 'previousName: shop', or take the old name back.")]
    [InlineData("  orders:", "  sales:", "Table 'orders' is gone and the new table 'sales' would write to its place (delta path=/etc/bayou/lake/orders), where its cursors are. Add 'previousName: orders' to 'sales' if it was renamed, or give the new table a place of its own.")]
    [InlineData("match: [order]", "match: [order]\n    metadata: false", "Table 'orders' has 'metadata: false' where the definition in force has true; rows of before and after would not have the same columns. Keep true, or replay into a new table.")]
    [InlineData("user_id: { type: long,", "user_id: { type: string,", "Column 'user_id' of table 'orders' would change from long to string; the rows that are there cannot change with it. Keep the type, or add a column with another name and 'from: user_id'.")]
    [InlineData("decimal(12,2)", "decimal(14,2)", "Column 'amount' of table 'orders' would change from decimal(12,2) to decimal(14,2); the rows that are there cannot change with it. Keep the type, or add a column with another name and 'from: amount'.")]
    [InlineData("event_id: string", "Event_Id: string", "Column 'event_id' of table 'orders' is now spelled 'Event_Id', which many destinations take for the same name. Keep the spelling, or choose another name.")]
    [InlineData("./lake/orders", "./lake/new", "Table 'orders' would move from delta path=/etc/bayou/lake/orders to delta path=/etc/bayou/lake/new; its cursors are kept in the sink and would be lost. Keep the place, or add a new table there with 'backfill: true'.")]
    [InlineData("./lake/quarantine", "./lake/bad", "The quarantine would move from delta path=/etc/bayou/lake/quarantine to delta path=/etc/bayou/lake/bad; its cursors are kept in the sink and would be lost. Keep the place.")]
    public void Check_refused_change_says_why_and_what_to_do(string piece, string by, string refusal)
    {
        var change = Check((piece, by));

        Assert.False(change.IsAllowed);
        Assert.Equal([refusal], change.Refusals);
    }

    [Fact]
    public void Check_previous_name_of_nothing_is_refused()
    {
        var added = Files.Read(Files.Shop + "\n  more: { previousName: nothing, match: more, columns: { v: long }, sink: { delta: { path: more } } }");

        var change = DefinitionComparer.Check(Files.Read(Files.Shop), added);

        Assert.Equal(["Table 'more' says that it was named 'nothing', which the definition in force does not have. Correct 'previousName', or leave it out for a table that is new."], change.Refusals);
    }

    private static DefinitionChange Check(params (string Piece, string By)[] edits) => DefinitionComparer.Check(Files.Read(Files.Shop), Read(edits));

    private static PipelineDefinition Read(params (string Piece, string By)[] edits)
    {
        var text = Files.Shop;
        foreach (var (piece, by) in edits)
        {
            Assert.Contains(piece, text, StringComparison.Ordinal);
            text = text.Replace(piece, by, StringComparison.Ordinal);
        }
        return Files.Read(text);
    }
}
