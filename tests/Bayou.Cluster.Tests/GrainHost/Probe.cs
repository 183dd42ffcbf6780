using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Bayou.Cluster.Tests.GrainHost;

/// <summary>What a test and the grains that it calls tell each other: events in order, and gates that grains wait at.</summary>
public sealed class Probe
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public void Tell(string what) => _events.Writer.TryWrite(what);

    public Task Gate(string name) => Source(name).Task;

    public void Open(string name) => Source(name).TrySetResult();

    public async Task<string> Next() => await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public List<string> Rest()
    {
        List<string> rest = [];
        while (_events.Reader.TryRead(out var one)) rest.Add(one);
        return rest;
    }

    private TaskCompletionSource Source(string name) =>
        _gates.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
