using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>What one run of a scenario has to work with.</summary>
internal sealed class ScenarioContext(string address, LocalBroker? broker, int seed, int kills, bool isShort)
{
    /// <summary>The brokers to use.</summary>
    public string Address => address;

    /// <summary>The broker, when this run has started it; null when it is the user's.</summary>
    public LocalBroker? Broker => broker;

    /// <summary>All that is left to chance.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>How often the silo is killed, where that is what a scenario is about.</summary>
    public int Kills => kills;

    /// <summary>True in a normal test run, which has a minute for all of this.</summary>
    public bool IsShort => isShort;

    /// <summary>How long each recovery took: from the launch of what had been killed, or the end of the fault, to the first rows committed after it.</summary>
    public List<TimeSpan> Recoveries { get; } = [];

    /// <summary>Called for whatever has to be taken away again, with its folder, so that an interrupted run leaves nothing behind and a failed one can say where its files are.</summary>
    public Action<string, Func<Task>> Opened { get; init; } = (_, _) => { };

    /// <summary>A random time, in milliseconds.</summary>
    public TimeSpan Moment(int fromMilliseconds, int toMilliseconds) => TimeSpan.FromMilliseconds(Random.Next(fromMilliseconds, toMilliseconds));
}
