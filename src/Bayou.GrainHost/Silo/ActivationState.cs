namespace Bayou.GrainHost;

/// <summary>Where an activation is in its life.</summary>
internal enum ActivationState
{
    /// <summary>The instance is being made, state read, the grain activated. Requests wait.</summary>
    Activating,

    /// <summary>Requests run.</summary>
    Valid,

    /// <summary>Requests in progress end; others wait for a new activation.</summary>
    Deactivating,

    /// <summary>Gone.</summary>
    Invalid,
}
