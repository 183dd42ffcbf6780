using System.Linq.Expressions;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace Bayou.GrainHost;

/// <summary>One method of a grain interface: how it is called and what may run beside it.</summary>
internal abstract class GrainMethod
{
    protected GrainMethod(GrainInterface owner, MethodInfo method)
    {
        Owner = owner;
        Method = method;
        var parameters = method.GetParameters();
        ParameterTypes = Array.ConvertAll(parameters, parameter => parameter.ParameterType);
        CancellationIndex = Array.IndexOf(ParameterTypes, typeof(CancellationToken));
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute), true);
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute), true);
        OneWay = method.IsDefined(typeof(OneWayAttribute), true);
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        WireName = method.GetCustomAttribute<AliasAttribute>()?.Alias
            ?? $"{method.Name}({string.Join(',', ParameterTypes.Select(type => type.ToString()))})";
    }

    /// <summary>The interface that it is called through; it may have inherited the method.</summary>
    public GrainInterface Owner { get; }

    public MethodInfo Method { get; }

    public Type[] ParameterTypes { get; }

    /// <summary>Which parameter is the cancellation token; -1 when there is none.</summary>
    public int CancellationIndex { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Interface and method, for messages.</summary>
    public string Name { get; }

    /// <summary>The method's name between processes, unique within its interface.</summary>
    public string WireName { get; }

    /// <summary>The result's type; <see cref="NoResult"/> when there is none.</summary>
    public abstract Type ResultType { get; }

    /// <summary>Makes a request whose answer goes to a remote caller.</summary>
    public abstract Request CreateRequest(CallRuntime caller, Orleans.Runtime.GrainId target, object?[] arguments);

    public static GrainMethod Create(GrainInterface owner, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name} is generic; the embedded grain host does not support that.");
        return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(ResultOf(method)), owner, method)!;
    }

    private static Type ResultOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask) || type == typeof(void)) return typeof(NoResult);
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return type.GetGenericArguments()[0];
        throw new NotSupportedException(
            $"{method.DeclaringType}.{method.Name} returns {type}; grain methods return Task, Task<T>, ValueTask, ValueTask<T> or void.");
    }

    /// <summary>Compiles a delegate that makes the call on an instance, with its result as a task.</summary>
    protected static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, index) =>
                (Expression)Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        if (method.ReturnType == typeof(void))
            call = Expression.Block(call, Expression.Constant(Task.CompletedTask));
        else if (method.ReturnType.IsValueType)
            call = Expression.Call(call, nameof(ValueTask.AsTask), null);
        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(call, typeof(Task)), target, arguments).Compile();
    }
}
