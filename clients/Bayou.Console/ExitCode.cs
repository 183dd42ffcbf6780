namespace Bayou.Console;

/// <summary>Exit codes of <c>bayou</c>.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Tried, and failed; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong; nothing was tried.</summary>
    public const int Misused = 2;

    /// <summary>Looked at, and it cannot be told; what was printed says why.</summary>
    public const int Undecided = 3;
}
