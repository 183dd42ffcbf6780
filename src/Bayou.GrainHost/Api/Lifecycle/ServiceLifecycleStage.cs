namespace Orleans;

/// <summary>The stages that every silo has.</summary>
public static class ServiceLifecycleStage
{
    /// <summary>Before any other.</summary>
    public const int First = int.MinValue;

    /// <summary>The host's foundations.</summary>
    public const int RuntimeInitialize = 2000;

    /// <summary>The host's services.</summary>
    public const int RuntimeServices = 4000;

    /// <summary>The host's storage.</summary>
    public const int RuntimeStorageServices = 6000;

    /// <summary>Services that grains need.</summary>
    public const int RuntimeGrainServices = 8000;

    /// <summary>The application's services.</summary>
    public const int ApplicationServices = 10000;

    /// <summary>The silo is about to take calls.</summary>
    public const int BecomeActive = Active - 1;

    /// <summary>The silo takes calls.</summary>
    public const int Active = 20000;

    /// <summary>After any other.</summary>
    public const int Last = int.MaxValue;
}
