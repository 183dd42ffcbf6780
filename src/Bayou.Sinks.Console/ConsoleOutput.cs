namespace Bayou.Sinks.Console;

/// <summary>What all tables print to; one at a time, so that lines stay whole.</summary>
internal sealed class ConsoleOutput(TextWriter writer)
{
    private readonly Lock _gate = new();

    /// <summary>The process's standard output.</summary>
    public static ConsoleOutput Standard { get; } = new(System.Console.Out);

    /// <summary>Prints the text; the operating system has it when this returns.</summary>
    public void Print(string text)
    {
        lock (_gate)
        {
            writer.Write(text);
            writer.Flush();
        }
    }
}
