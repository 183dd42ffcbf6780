using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A stateless worker: an idle activation takes the request, or a new one, or when there are enough the least busy.</summary>
internal sealed class WorkerPlace(GrainDirectory directory, GrainClass grainClass, GrainId grainId) : IActivationPlace
{
    private readonly Lock _lock = new();
    private readonly List<Activation> _workers = [];

    public Activation Pick()
    {
        lock (_lock)
        {
            Activation? best = null;
            var least = int.MaxValue;
            foreach (var worker in _workers)
            {
                var load = worker.Load;
                if (load >= least) continue;
                best = worker;
                least = load;
                if (load == 0) return worker;
            }

            if (_workers.Count >= grainClass.MaxLocalWorkers) return best!;
            var made = directory.Create(grainClass, grainId);
            made.Start();
            _workers.Add(made);
            return made;
        }
    }

    public bool Remove(Activation activation)
    {
        lock (_lock) _workers.Remove(activation);
        return false;
    }
}
