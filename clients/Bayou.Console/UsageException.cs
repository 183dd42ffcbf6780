namespace Bayou.Console;

/// <summary>Arguments that do not go together. Exit code <see cref="ExitCode.Misused"/>.</summary>
public sealed class UsageException : Exception
{
    /// <summary>A misuse; the message names the arguments.</summary>
    public UsageException(string message) : base(message) { }
}
