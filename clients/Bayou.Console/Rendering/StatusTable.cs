using Bayou.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bayou.Console.Rendering;

/// <summary>Status drawn for a terminal: a table for each pipeline.</summary>
public static class StatusTable
{
    /// <summary>All pipelines, one below the other.</summary>
    public static IRenderable Create(IEnumerable<PipelineStatus> pipelines) => new Rows(pipelines.Select(Create));

    private static IRenderable Create(PipelineStatus pipeline)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(StatusText.Summary(pipeline))) };
        table.AddColumn("table");
        table.AddColumn("state");
        foreach (var name in (string[])["rows", "rows/s", "lag", "commits"])
            table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn("quarantined");
        table.AddColumn("why");
        foreach (var row in pipeline.Tables)
        {
            table.AddRow(
                Cell(row.Name),
                new Markup($"[{Color(row.State)}]{StatusText.Word(row.State)}[/]"),
                Cell(StatusText.Count(row.Rows)),
                Cell(StatusText.Rate(row.RowsPerSecond)),
                Cell(StatusText.Count(TableLag.Of(row, pipeline))),
                Cell(StatusText.Count(row.Commits)),
                new Text(StatusText.Quarantined(row)),
                Cell(row.Reason));
        }

        return table;
    }

    private static Text Cell(string? text) => new(Terminal.Safe(text));

    private static string Color(TableState state) => state switch
    {
        TableState.Live => "green",
        TableState.Stopped => "red",
        TableState.Retrying or TableState.Behind => "yellow",
        _ => "grey",
    };
}
