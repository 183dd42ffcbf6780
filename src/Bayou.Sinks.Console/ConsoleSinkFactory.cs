using Bayou.Definitions;

namespace Bayou.Sinks.Console;

/// <summary>Makes sinks of kind <c>console</c>.</summary>
public sealed class ConsoleSinkFactory : ISinkFactory
{
    private readonly ConsoleOutput _output;

    /// <summary>Sinks that print to the process's standard output.</summary>
    public ConsoleSinkFactory() : this(ConsoleOutput.Standard) { }

    internal ConsoleSinkFactory(ConsoleOutput output) => _output = output;

    /// <inheritdoc/>
    public string Kind => "console";

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options { get; } =
    [
        new()
        {
            Name = ConsoleSinkOptionsReader.FormatOption, Type = SinkOptionType.Text,
            Description = "pretty (the default), or json: an object a line.",
        },
        new()
        {
            Name = ConsoleSinkOptionsReader.LimitOption, Type = SinkOptionType.Number,
            Description = "Rows to print from when the table opens; further ones are taken and not printed. All of them by default.",
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table)
    {
        List<string> errors = [];
        ConsoleSinkOptionsReader.Read(table, errors);
        return errors;
    }

    /// <inheritdoc/>
    public ISink Create(SinkContext context)
    {
        List<string> errors = [];
        var options = ConsoleSinkOptionsReader.Read(context.Table, errors);
        if (errors.Count == 0) return new ConsoleSink(context, options, _output);
        throw new SinkException(SinkErrorKind.Fatal, $"Table {context.Table.Name} cannot be printed: {string.Join(" ", errors)} The table stops.");
    }
}
