namespace Orleans.Runtime;

/// <summary>The stages of a silo.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    /// <summary>The highest stage that has started.</summary>
    int HighestCompletedStage { get; }

    /// <summary>The lowest stage that has stopped; <see cref="int.MaxValue"/> when none has.</summary>
    int LowestStoppedStage { get; }
}
