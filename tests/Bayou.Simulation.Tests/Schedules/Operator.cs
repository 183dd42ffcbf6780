using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Simulation.Tests.Host;

namespace Bayou.Simulation.Tests.Schedules;

/// <summary>Whoever runs the pipeline: wants a definition and pauses, says so until it is done, and revives as the silo's service does.</summary>
internal sealed class Operator(SimulatedTime time, Func<SimulatedSilo> silo)
{
    /// <summary>Stands for all of the pipeline.</summary>
    public const string All = "";

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, bool> _paused = [];
    private PipelineDefinition? _wanted;
    private Task? _starting;
    private Task _reviving = Task.CompletedTask;
    private (string Table, bool Paused, Task Call)? _pausing;

    /// <summary>True when nothing that was wanted is left to be done.</summary>
    public bool IsDone => _wanted is null && _paused.Count == 0;

    /// <summary>Why the last call failed.</summary>
    public string? Failure { get; private set; }

    public void Begin() => time.CreateTimer(_ => Tick(), null, TimeSpan.Zero, s_every);

    public void Start(PipelineDefinition definition) => (_wanted, _starting) = (definition, null);

    /// <summary>Pauses or resumes a table, or all of the pipeline by the name <see cref="All"/>.</summary>
    public void SetPaused(string table, bool paused) => _paused[table] = paused;

    private void Tick()
    {
        if (_starting is { IsCompleted: true } started)
        {
            if (started.IsCompletedSuccessfully) _wanted = null;
            else Failure = started.Exception?.InnerException?.Message;
            _starting = null;
        }

        if (_wanted is not null) _starting ??= silo().Pipeline.StartAsync(_wanted);
        if (_pausing is { Call.IsCompleted: true } pausing)
        {
            if (pausing.Call.IsCompletedSuccessfully && _paused.TryGetValue(pausing.Table, out var paused) && paused == pausing.Paused) _paused.Remove(pausing.Table);
            else Failure = pausing.Call.Exception?.InnerException?.Message;
            _pausing = null;
        }

        if (_wanted is null && _pausing is null && _paused.Count > 0)
        {
            var (table, pause) = _paused.First();
            var name = table == All ? null : table;
            _pausing = (table, pause, pause ? silo().Pipeline.PauseAsync(name) : silo().Pipeline.ResumeAsync(name));
        }

        if (!_reviving.IsCompleted) return;
        _ = _reviving.Exception;
        _reviving = silo().Pipeline.ReviveAsync();
    }
}
