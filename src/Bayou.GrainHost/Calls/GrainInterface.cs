using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A grain interface: its methods and how references to it are made.</summary>
internal sealed class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> s_all = new();
    private readonly Lazy<Func<CallRuntime, GrainInterface, GrainId, GrainReference>> _create;

    private GrainInterface(Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not a grain interface.");
        Type = type;
        WireName = type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.ToString();
        WireType = GrainInterfaceType.Create(WireName);
        Methods = [.. type.GetInterfaces().Prepend(type)
            .SelectMany(one => one.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(method => GrainMethod.Create(this, method))];
        _create = new(() => ProxyFactory.Compile(this));
    }

    public Type Type { get; }

    public string WireName { get; }

    public GrainInterfaceType WireType { get; }

    public GrainMethod[] Methods { get; }

    public static GrainInterface Of(Type type) => s_all.GetOrAdd(type, static key => new GrainInterface(key));

    public GrainReference Create(CallRuntime runtime, GrainId grainId) => _create.Value(runtime, this, grainId);
}
