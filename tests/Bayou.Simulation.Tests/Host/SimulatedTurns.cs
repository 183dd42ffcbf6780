using Bayou.GrainHost.Testing;
using Orleans.Runtime;

namespace Bayou.Simulation.Tests.Host;

/// <summary>
/// Runs all turns of a silo on one thread: of the activations that have any, one chosen by the seed goes next. The turns of a grain can be held up for a
/// while, as those of a process that is not given the processor.
/// </summary>
internal sealed class SimulatedTurns(Random random) : TurnQueue
{
    private readonly Lock _gate = new();
    private readonly List<(GrainId Grain, IThreadPoolWorkItem Turns)> _ready = [];
    private readonly List<(GrainId Grain, IThreadPoolWorkItem Turns)> _held = [];
    private readonly Dictionary<GrainId, int> _holds = [];

    /// <summary>How often an activation was given the thread.</summary>
    public long Count { get; private set; }

    /// <summary>Follows from which activation ran when: equal for equal runs.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037;

    /// <summary>True from the moment at which the process died in the middle of a turn until its silo is taken away: no other turn begins.</summary>
    public bool IsHalted { get; private set; }

    /// <summary>The process dies: this turn is its last.</summary>
    public void Halt() => IsHalted = true;

    /// <summary>A silo has died: nothing of it runs any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _ready.Clear();
            _held.Clear();
            _holds.Clear();
            IsHalted = false;
        }
    }

    public override void Add(GrainId grain, IThreadPoolWorkItem turns)
    {
        lock (_gate) (_holds.GetValueOrDefault(grain) > 0 ? _held : _ready).Add((grain, turns));
    }

    public void Hold(GrainId grain)
    {
        lock (_gate)
        {
            _holds[grain] = _holds.GetValueOrDefault(grain) + 1;
            _held.AddRange(_ready.Where(entry => entry.Grain == grain));
            _ready.RemoveAll(entry => entry.Grain == grain);
        }
    }

    public void LetGo(GrainId grain)
    {
        lock (_gate)
        {
            if (!_holds.TryGetValue(grain, out var holds)) return;
            _holds[grain] = holds - 1;
            if (holds > 1) return;
            _ready.AddRange(_held.Where(entry => entry.Grain == grain));
            _held.RemoveAll(entry => entry.Grain == grain);
        }
    }

    /// <summary>Runs until nothing is left to run, on this thread or on the pool.</summary>
    public void RunAll()
    {
        while (!IsHalted)
        {
            PoolIdle.Wait();
            GrainId grain;
            IThreadPoolWorkItem turns;
            lock (_gate)
            {
                if (_ready.Count == 0) return;
                var index = random.Next(_ready.Count);
                (grain, turns) = _ready[index];
                _ready.RemoveAt(index);
            }

            Count++;
            foreach (var letter in grain.Key.ToString()!) Trace = (Trace ^ letter) * 1099511628211;
            turns.Execute();
        }
    }
}
