using Orleans.Storage;

namespace Bayou.Cluster.Tests.GrainHost;

public sealed class ProbeGrain(Probe probe) : Grain, IProbeGrain
{
    private readonly Guid _incarnation = Guid.NewGuid();
    private IGrainTimer? _timer;
    private int _ticks;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        this.GetPrimaryKeyString() == "broken" ? throw new MarkedException("cannot activate", 7) : Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Tell($"deactivating {reason.ReasonCode}");
        if (this.GetPrimaryKeyString() == "slow to go") await probe.Gate("go");
    }

    public async Task Enter(string name)
    {
        probe.Tell($"{name} began");
        await probe.Gate(name);
        probe.Tell($"{name} ended");
    }

    public Task Interleave(string name) => Enter(name);

    public Task Look(string name) => Enter(name);

    public Task Hurry(string name) => Enter(name);

    public async Task Post(string name)
    {
        await Enter(name);
        throw new MarkedException("nobody hears this", 1);
    }

    public async Task WaitFor(string name, CancellationToken cancellationToken)
    {
        probe.Tell($"{name} began");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            probe.Tell($"{name} cancelled");
            throw;
        }
    }

    public Task<int> EchoUntil(int number, CancellationToken cancellationToken) => Echo(number);

    public Task<int> Echo(int number) => Task.FromResult(number);

    public ValueTask<string> KeyAndPrefix(string prefix) => new(prefix + this.GetPrimaryKeyString());

    public async Task Throw(string kind)
    {
        await Task.Yield();
        throw kind switch
        {
            "marked" => new MarkedException("marked", 42),
            "library" => new InvalidOperationException("library", new FormatException("cause")),
            "inconsistent" => new InconsistentStateException("stale", "2", "1"),
            "aggregate" => new AggregateException(new FormatException("one"), new MarkedException("two", 2)),
            "cancelled" => new OperationCanceledException("of its own accord"),
            _ => new NotSupportedException(kind),
        };
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task StartTimer(TimeSpan period, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            async token =>
            {
                var tick = ++_ticks;
                probe.Tell($"tick {tick}");
                if (tick == 2) await probe.Gate("tick");
                probe.Tell(token.IsCancellationRequested ? $"tick {tick} cancelled" : $"tick {tick} ended");
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task StartTimerOffTurn() => Task.Run(() => { _ = this.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.Zero, TimeSpan.FromHours(1)); });

    public Task StartThrowingTimer()
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                probe.Tell($"tick {++_ticks}");
                return _ticks == 1 ? throw new MarkedException("tick", 1) : Task.CompletedTask;
            },
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(1));
        return Task.CompletedTask;
    }

    public Task<object> Unmarked() => Task.FromResult<object>(new Unmarked());

    public Task<Envelope> Pass(Envelope envelope)
    {
        probe.Tell(envelope.NotSent ?? "null");
        envelope.Numbers.Add(99);
        return Task.FromResult(envelope);
    }

    public async Task<bool> KeepsScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Run(() => { });
        await Task.Yield();
        return before != TaskScheduler.Default && ReferenceEquals(before, TaskScheduler.Current);
    }

    public Task<IProbeGrain> Self() => Task.FromResult(this.AsReference<IProbeGrain>());

    public Task<int> EchoThrough(IProbeGrain other, int number) => other.Echo(number);

    public Task<Guid> Incarnation() => Task.FromResult(_incarnation);

    public Task<Node[]> Same(Node[] nodes) => Task.FromResult(nodes);

    public Task<bool> AreSame(Node first, Node second) => Task.FromResult(ReferenceEquals(first, second));
}
