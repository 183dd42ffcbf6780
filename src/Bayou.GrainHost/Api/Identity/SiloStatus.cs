namespace Orleans.Runtime;

/// <summary>Where a silo is in its life.</summary>
[GenerateSerializer]
public enum SiloStatus
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>Created.</summary>
    Created = 1,

    /// <summary>Joining.</summary>
    Joining = 2,

    /// <summary>Working.</summary>
    Active = 3,

    /// <summary>Stopping in good order.</summary>
    ShuttingDown = 4,

    /// <summary>Stopping at once.</summary>
    Stopping = 5,

    /// <summary>Gone.</summary>
    Dead = 6,
}
