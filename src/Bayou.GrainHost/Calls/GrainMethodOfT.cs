using System.Reflection;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <inheritdoc cref="GrainMethod"/>
internal sealed class GrainMethod<T>(GrainInterface owner, MethodInfo method) : GrainMethod(owner, method)
{
    private Func<object, object?[], Task>? _invoke;

    public Func<object, object?[], Task> Invoke => _invoke ??= Compile(Method);

    public override Type ResultType => typeof(T);

    public override Request CreateRequest(CallRuntime caller, GrainId target, object?[] arguments) =>
        new Request<T>(caller, this, target, arguments);
}
