using Orleans;
using Orleans.Concurrency;

namespace Bayou.GrainHost.Tests;

public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Tells that it began, waits at the gate, tells that it ended.</summary>
    Task Enter(string name);

    [ResponseTimeout("00:00:05")]
    Task Slow(string name);

    [AlwaysInterleave]
    Task WaitFor(string name, CancellationToken cancellationToken);

    Task<int> Echo(int number);

    ValueTask<string> KeyAndPrefix(string prefix);

    Task Throw(string kind);

    Task Leave();

    Task StartTimer(TimeSpan dueTime, TimeSpan period, bool interleave);

    Task StopTimer();

    Task<int> Store(int add);

    Task<Envelope> Pass(Envelope envelope);

    Task<IProbeGrain> Self();
}
