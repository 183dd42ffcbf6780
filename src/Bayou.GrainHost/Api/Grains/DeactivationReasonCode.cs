namespace Orleans;

/// <summary>Kinds of reasons for an activation to go.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>None was given.</summary>
    None = 0,

    /// <summary>The silo stops.</summary>
    ShuttingDown = 1,

    /// <summary>The activation could not be made.</summary>
    ActivationFailed = 2,

    /// <summary>The grain directory failed.</summary>
    DirectoryFailure = 3,

    /// <summary>It was idle.</summary>
    ActivationIdle = 4,

    /// <summary>It did not respond.</summary>
    ActivationUnresponsive = 5,

    /// <summary>There is another one.</summary>
    DuplicateActivation = 6,

    /// <summary>It cannot serve a request.</summary>
    IncompatibleRequest = 7,

    /// <summary>The application failed.</summary>
    ApplicationError = 8,

    /// <summary>The application asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>It moves to another silo.</summary>
    Migrating = 10,

    /// <summary>The host asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>Memory is short.</summary>
    HighMemoryPressure = 12,
}
