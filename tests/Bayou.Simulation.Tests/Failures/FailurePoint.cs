namespace Bayou.Simulation.Tests.Failures;

/// <summary>The one moment of a run at which something goes wrong: the n-th time that a step is taken.</summary>
internal sealed class FailurePoint(Step step, Fault fault, int occurrence, Action die)
{
    private int _begun;
    private int _ended;

    /// <summary>True once it has come about.</summary>
    public bool Reached { get; private set; }

    /// <summary>Takes a step, or does not.</summary>
    public async Task<T> TakeAsync<T>(Step at, Func<Task<T>> work)
    {
        if (IsLostBefore(at)) await FailAsync();
        var result = await work();
        if (IsLostAfter(at)) await FailAsync();
        return result;
    }

    /// <summary>True when a step that begins is not to be taken. The process may have died by that.</summary>
    public bool IsLostBefore(Step at) => at == step && ++_begun == occurrence && (fault is Fault.FailsBefore or Fault.DiesBefore) && Strike();

    /// <summary>True when nobody is to hear that a step was taken. The process may have died by that.</summary>
    public bool IsLostAfter(Step at) => at == step && ++_ended == occurrence && (fault is Fault.FailsAfter or Fault.DiesAfter) && Strike();

    private bool Strike()
    {
        if (Reached) return false;
        Reached = true;
        if (fault is Fault.DiesBefore or Fault.DiesAfter) die();
        return true;
    }

    // What dies never comes back, not even with an error.
    private Task FailAsync() => fault is Fault.FailsBefore or Fault.FailsAfter
        ? throw new IOException($"{step} fails for the test.")
        : new TaskCompletionSource().Task;
}
