using System.Reflection;
using Bayou.Pipelines;
using Bayou.Grains.Tables;

namespace Bayou.Tests.Hygiene;

/// <summary>The types of ours that cross a grain call or are stored, found from grain interfaces, states and exceptions.</summary>
internal static class WireTypes
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static readonly Type[] All = [.. new[] { typeof(IPipelineGrain), typeof(ITableGrain) }.Select(type => type.Assembly).Distinct().SelectMany(one => one.GetTypes())];

    public static IEnumerable<Type> GrainInterfaces => All.Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    public static IEnumerable<Type> States => All
        .Where(type => typeof(IGrainBase).IsAssignableFrom(type))
        .SelectMany(type => type.GetConstructors())
        .SelectMany(constructor => constructor.GetParameters())
        .Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute)))
        .Select(parameter => parameter.ParameterType.GetGenericArguments()[0]);

    /// <summary>Those of silos' state directories stay in the process that throws them.</summary>
    public static IEnumerable<Type> Exceptions => All.Where(type => typeof(Exception).IsAssignableFrom(type) && type.Namespace != "Bayou.Silos");

    /// <summary>All of them, with the types of their members and those that derive from them.</summary>
    public static IReadOnlyCollection<Type> Find()
    {
        HashSet<Type> found = [];
        foreach (var method in GrainInterfaces.SelectMany(type => type.GetMethods()))
        {
            Add(found, method.ReturnType);
            foreach (var parameter in method.GetParameters()) Add(found, parameter.ParameterType);
        }

        foreach (var type in States.Concat(Exceptions)) Add(found, type);
        return found;
    }

    /// <summary>Members that hold the values of a type, each with its number; null: it has none.</summary>
    public static IEnumerable<(MemberInfo Member, uint? Id)> Members(Type type)
    {
        var parameters = type.GetConstructors(Declared).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.Name).ToHashSet();
        var isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        foreach (var field in type.GetFields(Declared).Where(field => !field.IsDefined(typeof(NonSerializedAttribute))))
        {
            var name = field.Name.Split('<', '>') is ["", var inner, ..] ? inner : null;
            var property = name is null ? null : type.GetProperty(name, Declared);
            var id = (field.GetCustomAttribute<IdAttribute>() ?? property?.GetCustomAttribute<IdAttribute>())?.Id;

            // Parameters of a record's primary constructor are numbered by their position.
            if (id is null && isRecord && property is not null && parameters.Contains(name)) continue;
            yield return ((MemberInfo?)property ?? field, id);
        }
    }

    private static void Add(HashSet<Type> found, Type type)
    {
        if (type.HasElementType) Add(found, type.GetElementType()!);
        foreach (var argument in type.GetGenericArguments()) Add(found, argument);
        if (type.IsInterface || !All.Contains(type) || !found.Add(type) || type.IsEnum) return;
        foreach (var field in type.GetFields(Declared).Where(field => !field.IsDefined(typeof(NonSerializedAttribute)))) Add(found, field.FieldType);
        foreach (var derived in All.Where(one => one.BaseType == type)) Add(found, derived);
    }
}
