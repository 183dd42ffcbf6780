namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>One way in which things go wrong, and the proof that nothing was lost or doubled by it.</summary>
internal interface IScenario
{
    /// <summary>What <c>--scenario</c> takes.</summary>
    string Name { get; }

    /// <summary>What is done, in a line.</summary>
    string Description { get; }

    /// <summary>True when it kills brokers, which is only done to those that the run has started itself.</summary>
    bool FaultsBrokers => false;

    /// <summary>Runs it and returns what else there is to say, such as a figure. Throws when anything is not as it should be.</summary>
    /// <exception cref="LeftOutException">It cannot be had here.</exception>
    Task<string> RunAsync(ScenarioContext context);
}
