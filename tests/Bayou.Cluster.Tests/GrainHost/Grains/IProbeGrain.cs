using Orleans.Concurrency;

namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Tells that it began, waits at the gate of that name, tells that it ended.</summary>
    [Alias("Enter")]
    Task Enter(string name);

    [Alias("Interleave")]
    [AlwaysInterleave]
    Task Interleave(string name);

    [Alias("Look")]
    [ReadOnly]
    Task Look(string name);

    /// <summary>As <see cref="Enter"/>; callers wait half a second.</summary>
    [Alias("Hurry")]
    [ResponseTimeout("00:00:00.5")]
    Task Hurry(string name);

    [Alias("Post")]
    [OneWay]
    Task Post(string name);

    /// <summary>As <see cref="Enter"/>, but waits for the token instead.</summary>
    [Alias("WaitFor")]
    [AlwaysInterleave]
    Task WaitFor(string name, CancellationToken cancellationToken);

    /// <summary>Answers at once, whether or not the token is cancelled.</summary>
    [Alias("EchoUntil")]
    Task<int> EchoUntil(int number, CancellationToken cancellationToken);

    [Alias("Echo")]
    Task<int> Echo(int number);

    [Alias("KeyAndPrefix")]
    ValueTask<string> KeyAndPrefix(string prefix);

    [Alias("Throw")]
    Task Throw(string kind);

    [Alias("Leave")]
    Task Leave();

    /// <summary>Ticks tell, and the second waits at the gate "tick".</summary>
    [Alias("StartTimer")]
    Task StartTimer(TimeSpan period, bool interleave, bool keepAlive);

    [Alias("StopTimer")]
    Task StopTimer();

    /// <summary>Registers a timer from the thread pool.</summary>
    [Alias("StartTimerOffTurn")]
    Task StartTimerOffTurn();

    /// <summary>A timer whose first tick throws.</summary>
    [Alias("StartThrowingTimer")]
    Task StartThrowingTimer();

    [Alias("Unmarked")]
    Task<object> Unmarked();

    [Alias("Pass")]
    Task<Envelope> Pass(Envelope envelope);

    /// <summary>Whether awaits of other threads' tasks come back to the scheduler of the activation.</summary>
    [Alias("KeepsScheduler")]
    Task<bool> KeepsScheduler();

    [Alias("Self")]
    Task<IProbeGrain> Self();

    /// <summary>Calls <see cref="Echo"/> of another grain, which may be this one.</summary>
    [Alias("EchoThrough")]
    Task<int> EchoThrough(IProbeGrain other, int number);

    /// <summary>Which activation this is.</summary>
    [Alias("Incarnation")]
    Task<Guid> Incarnation();

    [Alias("Same")]
    Task<Node[]> Same(Node[] nodes);

    /// <summary>Whether both are one object.</summary>
    [Alias("AreSame")]
    Task<bool> AreSame(Node first, Node second);
}
