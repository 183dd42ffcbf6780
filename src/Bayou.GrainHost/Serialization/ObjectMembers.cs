using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>
/// The numbered members of a type, level by level from its base. Each is written with its number and its length, so that
/// a reader skips what it does not know. Primary constructor parameters have numbers of their own, by position.
/// </summary>
internal sealed class ObjectMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly ConcurrentDictionary<Type, ObjectMembers> s_all = new();
    private readonly Dictionary<uint, ObjectMember>[] _levels;

    private ObjectMembers(Type type)
    {
        Stack<Dictionary<uint, ObjectMember>> levels = new();
        if (KnownCodecs.IsTuple(type))
        {
            levels.Push(type.GetFields(Declared).Select((field, index) => ((uint)index, ObjectMember.Create(field, null)))
                .ToDictionary(pair => pair.Item1, pair => pair.Item2));
        }
        else
        {
            for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            {
                if (Codecs.IsMarked(level)) levels.Push(Level(level));
            }
        }

        _levels = [.. levels];
    }

    public static ObjectMembers Of(Type type) => s_all.GetOrAdd(type, static key => new ObjectMembers(key));

    public void Write(WireWriter writer, object owner)
    {
        writer.WriteVar((ulong)_levels.Length);
        foreach (var level in _levels)
        {
            writer.WriteVar((ulong)level.Count);
            foreach (var (number, member) in level)
            {
                writer.WriteVar(number);
                var start = writer.BeginLength();
                member.Write(writer, owner);
                writer.EndLength(start);
            }
        }
    }

    public void Read(WireReader reader, object owner, int end)
    {
        _ = end;
        var levels = reader.ReadCount(1);
        for (var index = 0; index < levels; index++)
        {
            var known = index < _levels.Length ? _levels[index] : null;
            for (var count = reader.ReadCount(5); count > 0; count--)
            {
                var number = (uint)reader.ReadVar();
                var next = reader.ReadEnd();
                if (known is not null && known.TryGetValue(number, out var member)) member.Read(reader, owner);
                reader.SkipTo(next);
            }
        }
    }

    private static Dictionary<uint, ObjectMember> Level(Type type)
    {
        Dictionary<uint, ObjectMember> members = [];
        HashSet<string> numbered = [];
        foreach (var field in type.GetFields(Declared))
        {
            if (field.GetCustomAttribute<IdAttribute>() is not { } id) continue;
            Add(id.Id, false, ObjectMember.Create(field, null));
            numbered.Add(field.Name);
        }

        foreach (var property in type.GetProperties(Declared))
        {
            if (property.GetCustomAttribute<IdAttribute>() is not { } id) continue;
            var field = type.GetField($"<{property.Name}>k__BackingField", Declared);
            Add(id.Id, false, ObjectMember.Create(field, property));
            if (field is not null) numbered.Add(field.Name);
        }

        var parameters = PrimaryParameters(type);
        for (var index = 0; index < parameters.Length; index++)
        {
            var name = parameters[index].Name!;
            var field = type.GetField($"<{name}>k__BackingField", Declared) ?? type.GetField($"<{name}>P", Declared);
            if (field is null || numbered.Contains(field.Name)) continue;
            Add(parameters[index].GetCustomAttribute<IdAttribute>()?.Id ?? (uint)index, true, ObjectMember.Create(field, null));
        }

        return members;

        void Add(uint id, bool parameter, ObjectMember member)
        {
            if (!members.TryAdd((id * 2) + (parameter ? 1u : 0u), member))
                throw new SerializerException($"{type} has two members with [Id({id})].");
        }
    }

    // A record's Deconstruct has the parameters of its primary constructor.
    private static ParameterInfo[] PrimaryParameters(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        var attribute = type.GetCustomAttribute<GenerateSerializerAttribute>();
        if (!isRecord && attribute is not { IncludePrimaryConstructorParameters: true }) return [];
        var constructors = type.GetConstructors(Declared);
        if (!isRecord)
            return constructors.MaxBy(one => one.GetParameters().Length)?.GetParameters() ?? [];
        var deconstruct = type.GetMethods(Declared)
            .FirstOrDefault(one => one.Name == "Deconstruct" && one.IsDefined(typeof(CompilerGeneratedAttribute)));
        if (deconstruct is null) return [];
        var names = deconstruct.GetParameters().Select(one => one.Name).ToList();
        return constructors.Select(one => one.GetParameters()).FirstOrDefault(one => one.Select(parameter => parameter.Name).SequenceEqual(names)) ?? [];
    }
}
