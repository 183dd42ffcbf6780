namespace Bayou.GrainHost;

/// <summary>A grain that a test made active more than once.</summary>
internal sealed class DuplicatePlace : IActivationPlace
{
    private readonly Lock _lock = new();
    private readonly List<Activation> _activations = [];

    public void Add(Activation activation)
    {
        lock (_lock) _activations.Add(activation);
    }

    public void Prefer(Activation activation)
    {
        lock (_lock)
        {
            if (_activations.Remove(activation)) _activations.Add(activation);
        }
    }

    public Activation Pick()
    {
        lock (_lock) return _activations[^1];
    }

    public bool Remove(Activation activation)
    {
        lock (_lock)
        {
            // The last one stays to be picked; it refuses the request, and by then the place is gone.
            if (_activations.Count == 1) return _activations[0] == activation;
            _activations.Remove(activation);
            return false;
        }
    }
}
