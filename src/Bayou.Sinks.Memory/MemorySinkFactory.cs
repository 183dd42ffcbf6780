using Bayou.Definitions;
using Bayou.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Sinks.Memory;

/// <summary>Makes sinks of kind <c>memory</c>.</summary>
public sealed class MemorySinkFactory : ISinkFactory
{
    private readonly Func<string, IMemoryTableGrain> _tables;

    /// <summary>Sinks of a silo. Without one, options can be checked, and no sink be made.</summary>
    public MemorySinkFactory(IServiceProvider services) : this(key => services.GetRequiredService<IGrainFactory>().GetGrain<IMemoryTableGrain>(key)) { }

    internal MemorySinkFactory(Func<string, IMemoryTableGrain> tables) => _tables = tables;

    /// <inheritdoc/>
    public string Kind => "memory";

    /// <inheritdoc/>
    public IReadOnlyList<SinkOption> Options { get; } =
    [
        new()
        {
            Name = MemorySinkOptionsReader.RowsOption, Type = SinkOptionType.Number,
            Description = "Most rows to hold, 1 to 10000000; the oldest ones are let go of. 10000 by default.",
        },
        new()
        {
            Name = MemorySinkOptionsReader.BytesOption, Type = SinkOptionType.Number,
            Description = "Most bytes to hold, at least 1024. 67108864 by default.",
        },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(TableDefinition table)
    {
        List<string> errors = [];
        MemorySinkOptionsReader.Read(table, errors);
        return errors;
    }

    /// <inheritdoc/>
    public ISink Create(SinkContext context)
    {
        List<string> errors = [];
        var options = MemorySinkOptionsReader.Read(context.Table, errors);
        if (errors.Count == 0) return new MemorySink(context, options, _tables($"{context.Pipeline}/{context.Table.Name}"));
        throw new SinkException(SinkErrorKind.Fatal, $"Table {context.Table.Name} cannot be held in memory: {string.Join(" ", errors)} The table stops.");
    }
}
