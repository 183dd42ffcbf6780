namespace Bayou.GrainHost;

/// <summary>The activations of one grain.</summary>
internal interface IActivationPlace
{
    /// <summary>The activation that the next request goes to.</summary>
    Activation Pick();

    /// <summary>Takes an activation out; true when none is left.</summary>
    bool Remove(Activation activation);
}
