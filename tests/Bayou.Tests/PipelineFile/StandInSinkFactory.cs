using Bayou.Definitions;
using Bayou.Sinks;

namespace Bayou.Tests.PipelineFile;

/// <summary>A sink that can be described but not opened.</summary>
internal sealed class StandInSinkFactory : ISinkFactory
{
    public required string Kind { get; init; }

    public IReadOnlyList<SinkOption> Options { get; init; } = [];

    public Func<TableDefinition, IReadOnlyList<string>> Check { get; init; } = _ => [];

    public IReadOnlyList<string> Validate(TableDefinition table) => Check(table);

    public ISink Create(SinkContext context) => throw new NotSupportedException("A stand-in has no sink.");

    /// <summary>A table format in a folder, the same options as the Delta sink has at least.</summary>
    public static StandInSinkFactory Delta { get; } = new()
    {
        Kind = "delta",
        Options =
        [
            new SinkOption { Name = "path", Type = SinkOptionType.Path, Required = true, Description = "Folder of the table." },
            new SinkOption { Name = "partitionBy", Type = SinkOptionType.ColumnList, Description = "Columns that rows are laid out by. Default none." },
        ],
        Check = table => table.Columns.Any(c => c.Name.Contains(' ')) ? ["A column's name has a space in it, which 'delta' cannot store."] : [],
    };

    /// <summary>A sink with an option of each type and none that must be given.</summary>
    public static StandInSinkFactory Probe { get; } = new()
    {
        Kind = "probe",
        Options =
        [
            new SinkOption { Name = "text", Type = SinkOptionType.Text, Description = "Text." },
            new SinkOption { Name = "file", Type = SinkOptionType.Path, Description = "A file." },
            new SinkOption { Name = "number", Type = SinkOptionType.Number, Description = "A number." },
            new SinkOption { Name = "flag", Type = SinkOptionType.Flag, Description = "A flag." },
            new SinkOption { Name = "wait", Type = SinkOptionType.Duration, Description = "A time." },
            new SinkOption { Name = "keys", Type = SinkOptionType.ColumnList, Description = "Columns." },
        ],
    };
}
