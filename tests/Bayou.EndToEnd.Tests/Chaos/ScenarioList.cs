using Bayou.EndToEnd.Tests.Chaos.Scenarios;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>Every scenario, in the order in which they are run.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<IScenario> All { get; } =
    [
        new KillsScenario(), new StateLostScenario(), new ZombieScenario(), new TwoSilosScenario(), new BrokerRestartScenario(), new BrokerLostScenario(),
        new DiskFullScenario(), new ReadOnlyScenario(), new FrozenTableScenario(), new StalledTableScenario(), new ResumeScenario(), new PoisonScenario(),
    ];
}
