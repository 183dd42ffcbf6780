using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Finds the codec of a type.</summary>
internal static class Codecs
{
    private static readonly ConcurrentDictionary<Type, Codec> s_declared = new();
    private static readonly ConcurrentDictionary<Type, Codec> s_exact = new();
    private static readonly HashSet<Type> s_raw =
    [
        typeof(bool), typeof(char), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(Int128), typeof(UInt128), typeof(Half), typeof(float), typeof(double), typeof(decimal), typeof(Guid),
        typeof(DateTime), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
    ];

    /// <summary>The codec of members, parameters and elements that are declared with the type.</summary>
    public static Codec<T> Declared<T>() => (Codec<T>)Declared(typeof(T));

    /// <inheritdoc cref="Declared{T}"/>
    public static Codec Declared(Type type) => s_declared.TryGetValue(type, out var codec) ? codec : s_declared.GetOrAdd(type, static key =>
        key.IsValueType ? Exact(key) : Make(typeof(DeclaredCodec<>), key));

    /// <summary>The codec of values that are of just this type, and not null.</summary>
    /// <exception cref="CodecNotFoundException">The type cannot cross a call.</exception>
    public static Codec Exact(Type type) => s_exact.TryGetValue(type, out var codec) ? codec : s_exact.GetOrAdd(type, static key => Create(key));

    /// <summary>The codec of a value whose type is not the declared one; types that stand for a family become that.</summary>
    public static Codec ExactForValue(ref Type type)
    {
        if (typeof(GrainReference).IsAssignableFrom(type)) type = typeof(GrainReference);
        else if (typeof(Exception).IsAssignableFrom(type)) type = typeof(Exception);
        else TypeCatalog.ThrowIfUnknown(type);
        return Exact(type);
    }

    /// <summary>Whether values are written as they lie in memory.</summary>
    public static bool IsRaw(Type type) => s_raw.Contains(type) || type.IsEnum;

    public static bool IsMarked(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), false);

    private static Codec Create(Type type)
    {
        if (IsRaw(type)) return Make(typeof(RawCodec<>), type);
        if (KnownCodecs.Find(type) is { } known) return known;
        if (type.IsArray && type.IsSZArray) return Make(typeof(ArrayCodec<>), type.GetElementType()!);
        if (type == typeof(GrainReference) || typeof(GrainReference).IsAssignableFrom(type)) return ReferenceCodec.Instance;
        if (typeof(Exception).IsAssignableFrom(type)) return ExceptionCodec.Instance;
        if (type.IsGenericType && KnownCodecs.FindGeneric(type) is { } generic) return generic;
        if (typeof(IGrainBase).IsAssignableFrom(type))
            throw new CodecNotFoundException($"{type} is a grain class; pass a reference to the grain instead, this.AsReference<T>().");
        if (IsMarked(type) && !type.IsAbstract) return Make(typeof(ObjectCodec<>), type);
        throw new CodecNotFoundException(type.IsAbstract && IsMarked(type)
            ? $"{type} is abstract; there are no values of just that type."
            : $"Could not find a codec for type {type}: it has no [GenerateSerializer] and cannot cross a grain call.");
    }

    private static Codec Make(Type definition, Type argument)
    {
        try
        {
            return (Codec)Activator.CreateInstance(definition.MakeGenericType(argument))!;
        }
        catch (TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
