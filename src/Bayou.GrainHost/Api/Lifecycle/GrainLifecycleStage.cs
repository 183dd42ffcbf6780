namespace Orleans.Runtime;

/// <summary>The stages that every activation has.</summary>
public static class GrainLifecycleStage
{
    /// <summary>Before any other.</summary>
    public const int First = int.MinValue;

    /// <summary>State is read.</summary>
    public const int SetupState = 1000;

    /// <summary>The grain is about to be activated.</summary>
    public const int Activate = 2000;

    /// <summary>After any other.</summary>
    public const int Last = int.MaxValue;
}
