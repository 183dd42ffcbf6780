using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A grain with one activation.</summary>
internal sealed class SinglePlace(GrainDirectory directory, GrainClass grainClass, GrainId grainId) : IActivationPlace
{
    private readonly Lock _lock = new();
    private Activation? _activation;

    public Activation Pick()
    {
        if (Volatile.Read(ref _activation) is { } found) return found;
        lock (_lock)
        {
            if (_activation is not null) return _activation;
            var made = directory.Create(grainClass, grainId);
            made.Start();
            _activation = made;
            return made;
        }
    }

    public bool Remove(Activation activation)
    {
        lock (_lock)
        {
            if (_activation == activation) _activation = null;
            return false;
        }
    }
}
