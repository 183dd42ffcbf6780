using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A grain class: what its attributes say, and how instances are made.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<Func<IGrainContext, object>> _create;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, type) ?? GrainType.Create(NameFor(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), true);
        KeepAlive = type.IsDefined(typeof(KeepAliveAttribute), true);
        MaxLocalWorkers = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy is StatelessWorkerPlacement pool ? pool.MaxLocal : 0;
        FirstInterface = type.GetInterfaces()
            .Where(one => typeof(IAddressable).IsAssignableFrom(one) && one != typeof(IAddressable) && one != typeof(IGrain))
            .OrderByDescending(one => one.GetInterfaces().Length)
            .FirstOrDefault() ?? typeof(IGrain);
        _create = new(Compile);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool Reentrant { get; }

    public bool KeepAlive { get; }

    /// <summary>The most activations of one grain; 0 when the class is no stateless worker.</summary>
    public int MaxLocalWorkers { get; }

    /// <summary>The interface of references that are made without naming one.</summary>
    public Type FirstInterface { get; }

    /// <summary>The grain type of a class, or of the class that an interface's name suggests: lower case, without the I before and Grain after.</summary>
    public static string NameFor(Type type)
    {
        var name = type.Name;
        if (type.IsInterface && name.Length > 1 && name[0] == 'I') name = name[1..];
#pragma warning disable CA1308 // Grain types are lower case.
        name = name.ToLowerInvariant();
#pragma warning restore CA1308
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    /// <summary>Makes an instance from the activation's services. Runs on the activation's scheduler.</summary>
    public object Create(IGrainContext context) => _create.Value(context);

    private Func<IGrainContext, object> Compile()
    {
        var constructors = Type.GetConstructors();
        var constructor = constructors.FirstOrDefault(one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(one => one.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"{Type} has no public constructor.");
        var invoker = ConstructorInvoker.Create(constructor);
        var parameters = Array.ConvertAll(constructor.GetParameters(), Resolver);
        return context =>
        {
            var arguments = new object?[parameters.Length];
            for (var index = 0; index < parameters.Length; index++) arguments[index] = parameters[index](context);
            return invoker.Invoke(arguments.AsSpan());
        };
    }

    private static Func<IGrainContext, object?> Resolver(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
                throw new OrleansConfigurationException($"{parameter.Member.DeclaringType}: [PersistentState] belongs on an IPersistentState<T>, not on {type}.");
            var create = typeof(IPersistentStateFactory).GetMethod(nameof(IPersistentStateFactory.Create))!.MakeGenericMethod(type.GetGenericArguments());
            return context => create.Invoke(
                context.ActivationServices.GetRequiredService<IPersistentStateFactory>(),
                BindingFlags.DoNotWrapExceptions, null, [context, state], null);
        }

        if (type == typeof(IGrainContext)) return context => context;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key })
        {
            return context => parameter.HasDefaultValue
                ? ((IKeyedServiceProvider)context.ActivationServices).GetKeyedService(type, key) ?? parameter.DefaultValue
                : ((IKeyedServiceProvider)context.ActivationServices).GetRequiredKeyedService(type, key);
        }

        return context => parameter.HasDefaultValue
            ? context.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : context.ActivationServices.GetRequiredService(type);
    }
}
