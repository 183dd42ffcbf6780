namespace Bayou.Console;

/// <summary>A command cannot do what it was asked, for a reason that the message tells whoever typed it. Exit code <see cref="ExitCode.Failed"/>.</summary>
public sealed class CommandFailedException : Exception
{
    /// <summary>A failure; the message says what was attempted, why it failed, and what to do.</summary>
    public CommandFailedException(string message, Exception? inner = null) : base(message, inner) { }
}
