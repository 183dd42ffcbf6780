namespace Bayou.Cluster.Tests.GrainHost;

public abstract class StoreGrain(IPersistentState<Counter> counter) : Grain, IStoreGrain
{
    private readonly Guid _incarnation = Guid.NewGuid();

    public async Task<int> Add(int number)
    {
        counter.State.Value += number;
        await counter.WriteStateAsync();
        return counter.State.Value;
    }

    public Task<int> Read() => Task.FromResult(counter.State.Value);

    public async Task<int> AddTwiceAtOnce(int number)
    {
        counter.State.Value += number;
        var first = counter.WriteStateAsync();
        counter.State.Value += number;
        var second = counter.WriteStateAsync();
        await Task.WhenAll(first, second);
        return counter.State.Value;
    }

    public async Task<int> AddDuringWrite(int number)
    {
        counter.State.Value += number;
        var first = counter.WriteStateAsync();
        await Task.Yield();
        await Task.Yield();
        counter.State.Value += number;
        var second = counter.WriteStateAsync();
        await first;
        counter.State.Value += number;
        var third = counter.WriteStateAsync();
        await Task.WhenAll(second, third);
        return counter.State.Value;
    }

    public async Task<int> ClearAndAdd(int number)
    {
        var clear = counter.ClearStateAsync();
        var write = counter.WriteStateAsync();
        await Task.WhenAll(clear, write);
        return await Add(number);
    }

    public async Task<bool> Clear()
    {
        await counter.ClearStateAsync();
        return counter.RecordExists;
    }

    public Task WriteOffTurn() => Task.Run(() => counter.WriteStateAsync());

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Guid> Incarnation() => Task.FromResult(_incarnation);
}
