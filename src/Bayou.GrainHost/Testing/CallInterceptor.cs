using Orleans.Runtime;

namespace Bayou.GrainHost.Testing;

/// <summary>For tests: stands between the calls of a silo and their grains. Registered as a service of a silo.</summary>
public abstract class CallInterceptor
{
    /// <summary>A call was made. It arrives when <paramref name="deliver"/> is called, once at most; never means that its caller times out.</summary>
    /// <param name="target">The grain that is called.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">The arguments, which may be replaced.</param>
    /// <param name="deliver">Hands the call to its grain.</param>
    public abstract void Send(GrainId target, string method, object?[] arguments, Action deliver);

    /// <summary>A call was carried out, and its answer goes back. False: it is lost, and the caller waits until it gives up.</summary>
    /// <param name="target">The grain that was called.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="result">What it returned; null when it failed, or returns nothing.</param>
    public virtual bool Answer(GrainId target, string method, object? result) => true;
}
