using Bayou.EndToEnd.Tests.Chaos;
using Bayou.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Bayou.EndToEnd.Tests;

/// <summary>The short scenarios of <c>bayou chaos</c>, with three kills; the others, and more kills, are left to it.</summary>
[Collection(BrokerCollection.Name), Trait("Category", "Chaos")]
public class ChaosTests(LocalBroker broker, ITestOutputHelper output)
{
    private const int Kills = 3;

    [BrokerFact]
    public Task Kills_at_random_moments_nothing_lost_nothing_doubled() => RunAsync("kills");

    [BrokerFact]
    public Task State_directory_lost_each_time_goes_on_from_the_sinks() => RunAsync("state-lost");

    [BrokerFact]
    public Task Two_silos_on_the_same_tables_one_is_fenced_and_says_so() => RunAsync("two-silos");

    private async Task RunAsync(string name)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"BAYOU_SEED={seed}");
        var context = new ScenarioContext(broker.Address, broker, seed, Kills, isShort: true);
        output.WriteLine(await ScenarioList.All.Single(scenario => scenario.Name == name).RunAsync(context));
        output.WriteLine($"recoveries in s: {string.Join(", ", context.Recoveries.Select(recovery => $"{recovery.TotalSeconds:0.0}"))}");
    }
}
