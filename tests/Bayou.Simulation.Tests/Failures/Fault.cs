namespace Bayou.Simulation.Tests.Failures;

/// <summary>How a step goes wrong.</summary>
public enum Fault
{
    /// <summary>It fails and has done nothing.</summary>
    FailsBefore,

    /// <summary>It has done its work, and whoever asked for it is told that it failed, or nothing at all.</summary>
    FailsAfter,

    /// <summary>The process dies just before it.</summary>
    DiesBefore,

    /// <summary>The process dies just after it, before anybody hears of it.</summary>
    DiesAfter,
}
