using System.Globalization;

namespace Bayou.Cli.Testing;

/// <summary>How hard the tests try that try many things, and how long that may take.</summary>
internal sealed record TestScale
{
    /// <summary>What everybody runs: minutes.</summary>
    public static readonly TestScale Normal = new() { Schedules = 1_000, FuzzInputs = 1_000, HangLimit = "15m" };

    /// <summary>What is run before a release: more than an hour.</summary>
    public static readonly TestScale Soak = new() { Schedules = 15_000, FuzzInputs = 10_000, HangLimit = "75m", Kills = 200, Limit = TimeSpan.FromMinutes(80) };

    /// <summary>Random schedules of the simulation. Of the failure matrix, each step fails in each way the first hundredth as many times.</summary>
    public required int Schedules { get; init; }

    /// <summary>Inputs of each fuzz test.</summary>
    public required int FuzzInputs { get; init; }

    /// <summary>How long one test may take; a test that hangs must not hang whoever waits for the closing line.</summary>
    public required string HangLimit { get; init; }

    /// <summary>Kills of <c>bayou chaos</c>; 0 when it is not run.</summary>
    public int Kills { get; init; }

    /// <summary>How long all may take; what is not done by then is left out. Null for as long as it takes.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>What the test processes are told.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["BAYOU_SCHEDULES"] = $"{Schedules}", ["BAYOU_FUZZ"] = $"{FuzzInputs}" };

    /// <summary>The amounts, for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Schedules:N0} schedules of the simulation, every cell of the failure matrix up to {Schedules / 100:N0} times, {FuzzInputs:N0} inputs of each fuzz test{(Kills == 0 ? "" : $", 'bayou chaos' with {Kills} kills")}");
}
