using System.Globalization;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>What <c>bayou chaos</c> was asked for.</summary>
/// <param name="Seed">All that is left to chance follows from it.</param>
/// <param name="Kills">How often the silo is killed in the scenario that is about that.</param>
/// <param name="Scenarios">Names of those to run; all when empty.</param>
/// <param name="Bootstrap">The user's brokers; null to start one.</param>
internal sealed record ChaosOptions(int Seed, int Kills, IReadOnlyList<string> Scenarios, string? Bootstrap)
{
    /// <summary>Reads what <c>bayou chaos</c> passes on, which has checked it.</summary>
    public static ChaosOptions Parse(string[] arguments)
    {
        var options = new ChaosOptions(Random.Shared.Next(1, int.MaxValue), 20, [], null);
        for (var at = 0; at < arguments.Length; at += 2)
        {
            var value = arguments.ElementAtOrDefault(at + 1) ?? throw new ArgumentException($"{arguments[at]} needs a value");
            options = arguments[at] switch
            {
                "--seed" => options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                "--kills" => options with { Kills = int.Parse(value, CultureInfo.InvariantCulture) },
                "--scenario" => options with { Scenarios = [.. options.Scenarios, value] },
                "--bootstrap" => options with { Bootstrap = value },
                _ => throw new ArgumentException($"there is no option {arguments[at]}; see bayou help chaos"),
            };
        }

        var unknown = options.Scenarios.Where(name => ScenarioList.All.All(scenario => scenario.Name != name)).ToArray();
        return unknown.Length == 0 ? options : throw new ArgumentException(
            $"there is no scenario {string.Join(", ", unknown)}; there are:\n{string.Join('\n', ScenarioList.All.Select(scenario => $"  {scenario.Name,-16}{scenario.Description}"))}");
    }
}
