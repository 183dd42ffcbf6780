using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost.Tests;

public sealed class ProbeGrain(Probe probe, [PersistentState("counter", "memory")] IPersistentState<Counter> counter) : Grain, IProbeGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        if (key.StartsWith("broken", StringComparison.Ordinal)) throw new MarkedException("cannot activate", 7);
        if (key.StartsWith("stuck", StringComparison.Ordinal)) await probe.Gate("activate").WaitAsync(cancellationToken);
    }

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

    public Task Slow(string name) => Enter(name);

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

    public Task<int> Echo(int number) => Task.FromResult(number);

    public ValueTask<string> KeyAndPrefix(string prefix) => new(prefix + this.GetPrimaryKeyString());

    public async Task Throw(string kind)
    {
        await Task.Yield();
        throw kind switch
        {
            "marked" => new MarkedException("marked", 42),
            _ => new PlainException("plain"),
        };
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task StartTimer(TimeSpan dueTime, TimeSpan period, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            async token =>
            {
                var tick = ++_ticks;
                probe.Tell($"tick {tick}");
                if (tick == 2) await probe.Gate("tick");
                probe.Tell(token.IsCancellationRequested ? $"tick {tick} cancelled" : $"tick {tick} ended");
            },
            new GrainTimerCreationOptions(dueTime, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task<int> Store(int add)
    {
        counter.State.Value += add;
        await counter.WriteStateAsync();
        return counter.State.Value;
    }

    public Task<Envelope> Pass(Envelope envelope)
    {
        probe.Tell(envelope.NotSent);
        envelope.Numbers.Add(99);
        return Task.FromResult(envelope);
    }

    public Task<IProbeGrain> Self() => Task.FromResult(this.AsReference<IProbeGrain>());
}
