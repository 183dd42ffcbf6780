using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The grain classes of the application: those in assemblies that use the grain host.</summary>
internal sealed class GrainManifest
{
    private static readonly Lazy<GrainManifest> s_instance = new(() => new GrainManifest());
    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _seen = [];
    private readonly ConcurrentDictionary<GrainType, GrainClass> _byType = new();
    private readonly ConcurrentDictionary<Type, List<GrainClass>> _byInterface = new();

    private GrainManifest()
    {
        foreach (var assembly in ApplicationAssemblies.Load()) Add(assembly);
    }

    public static GrainManifest Instance => s_instance.Value;

    public GrainClass? Find(GrainType grainType)
    {
        if (_byType.TryGetValue(grainType, out var found)) return found;
        Refresh();
        return _byType.GetValueOrDefault(grainType);
    }

    /// <summary>The grain type of the one class that implements the interface.</summary>
    public GrainType GrainTypeOf(Type grainInterface, string? classNamePrefix)
    {
        if (!_byInterface.TryGetValue(grainInterface, out var classes))
        {
            Refresh();
            classes = _byInterface.GetValueOrDefault(grainInterface) ?? [];
        }

        if (classNamePrefix is not null)
            classes = [.. classes.Where(one => one.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))];
        if (classes.Count > 1)
        {
            var byConvention = classes.Where(one => "I" + one.Type.Name == grainInterface.Name).ToList();
            if (byConvention.Count == 1) classes = byConvention;
        }

        return classes.Count switch
        {
            1 => classes[0].GrainType,
            // A client need not have the grain classes at hand; their names follow from the interface's.
            0 when classNamePrefix is null && typeof(IGrain).IsAssignableFrom(grainInterface) => GrainType.Create(GrainClass.NameFor(grainInterface)),
            0 => throw new ArgumentException($"No grain class implements {grainInterface}{Suffix(classNamePrefix)}."),
            _ => throw new ArgumentException(
                $"Several grain classes implement {grainInterface}{Suffix(classNamePrefix)}: {string.Join(", ", classes.Select(one => one.Type.FullName))}."),
        };
    }

    private static string Suffix(string? prefix) => prefix is null ? string.Empty : $" with a name that starts with \"{prefix}\"";

    private void Refresh()
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (ApplicationAssemblies.UsesGrainHost(assembly)) Add(assembly);
        }
    }

    private void Add(Assembly assembly)
    {
        lock (_lock)
        {
            if (!_seen.Add(assembly)) return;
            foreach (var type in assembly.GetTypes())
            {
                if (!type.IsClass || type.IsAbstract || type.ContainsGenericParameters || !typeof(IGrainBase).IsAssignableFrom(type)) continue;
                if (typeof(GrainReference).IsAssignableFrom(type)) continue;
                Add(new GrainClass(type));
            }
        }
    }

    private void Add(GrainClass grainClass)
    {
        if (!_byType.TryAdd(grainClass.GrainType, grainClass))
        {
            throw new OrleansConfigurationException(
                $"{grainClass.Type} and {_byType[grainClass.GrainType].Type} have the same grain type \"{grainClass.GrainType}\"; give one a [GrainType].");
        }

        foreach (var grainInterface in grainClass.Type.GetInterfaces().Where(typeof(IAddressable).IsAssignableFrom))
        {
            var before = _byInterface.GetValueOrDefault(grainInterface) ?? [];
            _byInterface[grainInterface] = [.. before, grainClass];
        }
    }
}
