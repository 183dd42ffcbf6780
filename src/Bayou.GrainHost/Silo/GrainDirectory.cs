using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Which activations there are, and which of them a request for a grain goes to.</summary>
internal sealed class GrainDirectory(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<GrainId, IActivationPlace> _places = new();
    private readonly ConcurrentDictionary<Activation, byte> _all = new();

    public IEnumerable<Activation> All => _all.Keys;

    /// <summary>Hands a request to an activation of its grain, making one if there is none.</summary>
    public void Deliver(GrainId grainId, Invocation invocation)
    {
        while (!Place(grainId).Pick().Receive(invocation))
        {
        }
    }

    public void Remove(Activation activation)
    {
        _all.TryRemove(new(activation, 0));
        if (_places.TryGetValue(activation.GrainId, out var place) && place.Remove(activation))
            _places.TryRemove(new(activation.GrainId, place));
    }

    /// <summary>Makes an activation beside those that there are.</summary>
    public Activation Duplicate(GrainId grainId)
    {
        var before = Place(grainId).Pick();
        if (Place(grainId) is not DuplicatePlace duplicates)
        {
            duplicates = new DuplicatePlace();
            duplicates.Add(before);
            _places[grainId] = duplicates;
        }

        var made = Create(before.Class, grainId);
        duplicates.Add(made);
        made.Start();
        return made;
    }

    /// <summary>Sends the grain's requests to the given one of its activations.</summary>
    public void Prefer(Activation activation)
    {
        if (_places.TryGetValue(activation.GrainId, out var place) && place is DuplicatePlace duplicates) duplicates.Prefer(activation);
    }

    public IReadOnlyList<Activation> Of(GrainId grainId) => [.. _all.Keys.Where(one => one.GrainId.Equals(grainId))];

    public Activation Create(GrainClass grainClass, GrainId grainId)
    {
        silo.ThrowIfNotActivating(grainId);
        var made = new Activation(silo, grainClass, grainId);
        _all.TryAdd(made, 0);
        return made;
    }

    private IActivationPlace Place(GrainId grainId)
    {
        if (_places.TryGetValue(grainId, out var place)) return place;
        var grainClass = GrainManifest.Instance.Find(grainId.Type)
            ?? throw new OrleansException($"There is no grain class of type \"{grainId.Type}\" (for {grainId}).");
        return _places.GetOrAdd(
            grainId,
            grainClass.MaxLocalWorkers > 0 ? new WorkerPlace(this, grainClass, grainId) : new SinglePlace(this, grainClass, grainId));
    }
}
