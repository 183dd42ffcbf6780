namespace Bayou.Sinks.Console;

/// <summary>Options of a table that is printed.</summary>
public sealed class ConsoleSinkOptions
{
    /// <summary>How rows are printed; <see cref="ConsoleFormat.Pretty"/> unless given.</summary>
    public ConsoleFormat Format { get; init; }

    /// <summary>
    /// Rows to print from when the table opens, 0 to 9223372036854775807; all of them unless given. Rows beyond it are taken and not printed, which the last line says. The count begins
    /// anew when the table opens again.
    /// </summary>
    public long Limit { get; init; } = long.MaxValue;
}
