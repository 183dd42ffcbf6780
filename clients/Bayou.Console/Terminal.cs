using Bayou.Console.Rendering;
using Spectre.Console;

namespace Bayou.Console;

/// <summary>
/// Where a command writes. Results go to <see cref="Out"/>, what is said about the work to <see cref="Error"/>; colours and live tables only
/// appear when standard output is a terminal.
/// </summary>
public sealed class Terminal
{
    private readonly bool _sharesScreen;

    /// <summary>A terminal over these writers; <paramref name="color"/> counts only when it is live.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isLive">Whether standard output can be drawn on.</param>
    /// <param name="color">Whether colours are wanted.</param>
    /// <param name="workingDirectory">The folder that relative paths are meant from.</param>
    /// <param name="sharesScreen">Whether standard error appears on the screen that standard output is drawn on.</param>
    public Terminal(TextWriter output, TextWriter error, bool isLive, bool color, string workingDirectory, bool sharesScreen = false)
    {
        _sharesScreen = isLive && sharesScreen;
        (Out, Error, IsLive, WorkingDirectory) = (output, error, isLive, workingDirectory);
        Ansi = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isLive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isLive && color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
    }

    /// <summary>Standard output.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>True when standard output is a terminal that can be drawn on.</summary>
    public bool IsLive { get; }

    /// <summary>The folder that relative paths are meant from.</summary>
    public string WorkingDirectory { get; }

    /// <summary>Draws tables; only of use when <see cref="IsLive"/>.</summary>
    public IAnsiConsole Ansi { get; }

    /// <summary>Writes lines to standard error; while something is drawn on the same screen, above it.</summary>
    public void Note(string lines)
    {
        if (!_sharesScreen)
        {
            Error.WriteLine(lines);
            return;
        }

        // Filled up to the edge, because they are written over what was drawn before.
        var width = Ansi.Profile.Width;
        foreach (var line in lines.Split(Environment.NewLine).SelectMany(line => line.Chunk(width)))
            Ansi.WriteLine(new string(line).PadRight(width));
    }

    /// <summary>Text with control characters made visible, in one line, so that nothing that was read can steer the terminal.</summary>
    public static string Safe(string? text) => TerminalText.Escape(text ?? "");

    /// <summary>A path of the command line, made absolute.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);
}
