using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>
/// The names of types on the wire: the alias, or the full name. Only marked types of the application, and the known ones,
/// have a name; a message can make no other type.
/// </summary>
internal static class TypeCatalog
{
    private const byte Named = 0, Array = 1, Generic = 2;
    private static readonly Lock s_lock = new();
    private static readonly HashSet<Assembly> s_seen = [];
    private static readonly ConcurrentDictionary<string, Type> s_types = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Type> s_interfaces = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Type?> s_exceptions = new(StringComparer.Ordinal);
    private static readonly HashSet<Type> s_known =
    [
        .. KnownCodecs.Types, typeof(GrainReference), typeof(Exception), typeof(Nullable<>),
        typeof(bool), typeof(char), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(Int128), typeof(UInt128), typeof(Half), typeof(float), typeof(double), typeof(decimal), typeof(Guid),
        typeof(DateTime), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>),
    ];

    static TypeCatalog()
    {
        foreach (var type in s_known) s_types[type.FullName!] = type;
        foreach (var assembly in ApplicationAssemblies.Load()) Add(assembly);
    }

    /// <exception cref="CodecNotFoundException">Values of the type cannot cross a call.</exception>
    public static void ThrowIfUnknown(Type type)
    {
        if (type.IsArray)
        {
            ThrowIfUnknown(type.GetElementType()!);
            return;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!s_known.Contains(definition) && !Codecs.IsMarked(definition) && !definition.IsInterface && definition != typeof(object))
            throw new CodecNotFoundException($"Could not find a codec for type {type}: it has no [GenerateSerializer] and cannot cross a grain call.");
        if (type.IsGenericType)
        {
            foreach (var argument in type.GetGenericArguments()) ThrowIfUnknown(argument);
        }
    }

    public static void Write(WireWriter writer, Type type)
    {
        if (type.IsSZArray)
        {
            writer.WriteByte(Array);
            Write(writer, type.GetElementType()!);
        }
        else if (type.IsGenericType)
        {
            writer.WriteByte(Generic);
            writer.WriteString(NameOf(type.GetGenericTypeDefinition()));
            foreach (var argument in type.GetGenericArguments()) Write(writer, argument);
        }
        else
        {
            writer.WriteByte(Named);
            writer.WriteString(NameOf(type));
        }
    }

    public static Type Read(WireReader reader, int depth = 0)
    {
        if (depth > 16) throw new SerializerException("A message names a type that is nested too deep.");
        switch (reader.ReadByte())
        {
            case Named:
                return Find(s_types, reader.ReadString());
            case Array:
                return Read(reader, depth + 1).MakeArrayType();
            case Generic:
                var definition = Find(s_types, reader.ReadString());
                if (!definition.IsGenericTypeDefinition) throw new SerializerException($"{definition} is not generic.");
                var arguments = new Type[definition.GetGenericArguments().Length];
                for (var index = 0; index < arguments.Length; index++) arguments[index] = Read(reader, depth + 1);
                try
                {
                    return definition.MakeGenericType(arguments);
                }
                catch (ArgumentException exception)
                {
                    throw new SerializerException($"A message names a type that cannot be: {exception.Message}", exception);
                }

            default:
                throw new SerializerException("A message has an unknown kind of type.");
        }
    }

    public static Type FindInterface(string name) => Find(s_interfaces, name);

    /// <summary>The name of an exception's type, or of the nearest base that may travel when its own may not.</summary>
    public static string NameOfException(Type type) => Codecs.IsMarked(type) ? NameOf(type) : type.FullName ?? type.Name;

    /// <summary>The type of that name if it is marked, or the base library's and loaded; else null.</summary>
    public static Type? FindException(string name)
    {
        if (TryFind(s_types, name, out var marked)) return typeof(Exception).IsAssignableFrom(marked) ? marked : null;
        return s_exceptions.GetOrAdd(name, static key =>
        {
            if (!key.StartsWith("System.", StringComparison.Ordinal)) return null;
            var library = Path.GetDirectoryName(typeof(object).Assembly.Location);
            return AppDomain.CurrentDomain.GetAssemblies()
                .Where(assembly => !assembly.IsDynamic && Path.GetDirectoryName(assembly.Location) == library)
                .Select(assembly => assembly.GetType(key, false))
                .FirstOrDefault(type => type is { IsAbstract: false } && typeof(Exception).IsAssignableFrom(type));
        });
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName!;

    private static Type Find(ConcurrentDictionary<string, Type> types, string name) => TryFind(types, name, out var type)
        ? type
        : throw new SerializerException($"A message names the type \"{name}\", which no loaded assembly has marked with [GenerateSerializer].");

    private static bool TryFind(ConcurrentDictionary<string, Type> types, string name, out Type type)
    {
        if (types.TryGetValue(name, out type!)) return true;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (ApplicationAssemblies.UsesGrainHost(assembly)) Add(assembly);
        }

        return types.TryGetValue(name, out type!);
    }

    private static void Add(Assembly assembly)
    {
        lock (s_lock)
        {
            if (!s_seen.Add(assembly)) return;
            foreach (var type in assembly.GetTypes())
            {
                if (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
                    s_interfaces.TryAdd(type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.ToString(), type);
                if (!Codecs.IsMarked(type)) continue;
                var name = NameOf(type);
                if (!s_types.TryAdd(name, type) && s_types[name] != type)
                    throw new OrleansConfigurationException($"{type} and {s_types[name]} have the same wire name \"{name}\"; give one another [Alias].");
            }
        }
    }
}
