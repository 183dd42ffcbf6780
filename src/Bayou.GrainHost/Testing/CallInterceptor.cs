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
}
