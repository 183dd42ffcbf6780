using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using System.Reflection;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The codecs of the types that are known without an attribute.</summary>
internal static class KnownCodecs
{
    private static readonly Dictionary<Type, Codec> s_known = new()
    {
        [typeof(string)] = new DelegateCodec<string>((writer, value) => writer.WriteString(value), reader => reader.ReadString()),
        [typeof(object)] = new DelegateCodec<object>((_, _) => { }, _ => new object()),
        [typeof(NoResult)] = new DelegateCodec<NoResult>((_, _) => { }, _ => default),
        [typeof(CancellationToken)] = new DelegateCodec<CancellationToken>((_, _) => { }, _ => default),
        [typeof(DateTimeOffset)] = new DelegateCodec<DateTimeOffset>(
            (writer, value) =>
            {
                writer.WriteRaw(value.Ticks);
                writer.WriteRaw((short)value.TotalOffsetMinutes);
            },
            reader => new DateTimeOffset(reader.ReadRaw<long>(), TimeSpan.FromMinutes(reader.ReadRaw<short>()))),
        [typeof(Uri)] = new DelegateCodec<Uri>(
            (writer, value) => writer.WriteString(value.OriginalString), reader => new Uri(reader.ReadString(), UriKind.RelativeOrAbsolute)),
        [typeof(Version)] = new DelegateCodec<Version>(
            (writer, value) => writer.WriteString(value.ToString()), reader => Version.Parse(reader.ReadString())),
        [typeof(IPAddress)] = new DelegateCodec<IPAddress>(
            (writer, value) => writer.WriteString(value.ToString()), reader => IPAddress.Parse(reader.ReadString())),
        [typeof(IPEndPoint)] = new DelegateCodec<IPEndPoint>(
            (writer, value) => writer.WriteString(value.ToString()), reader => IPEndPoint.Parse(reader.ReadString())),
        [typeof(IdSpan)] = new DelegateCodec<IdSpan>(WriteSpan, ReadSpan),
        [typeof(GrainType)] = new DelegateCodec<GrainType>((writer, value) => WriteSpan(writer, value.Value), reader => new GrainType(ReadSpan(reader))),
        [typeof(GrainInterfaceType)] = new DelegateCodec<GrainInterfaceType>(
            (writer, value) => WriteSpan(writer, value.Value), reader => new GrainInterfaceType(ReadSpan(reader))),
        [typeof(GrainId)] = new DelegateCodec<GrainId>(WriteId, ReadId),
        [typeof(SiloAddress)] = new DelegateCodec<SiloAddress>(
            (writer, value) => writer.WriteString(value.ToParsableString()), reader => SiloAddress.FromParsableString(reader.ReadString())),
    };

    private static readonly Dictionary<Type, string> s_generic = new()
    {
        [typeof(List<>)] = nameof(ListOf),
        [typeof(HashSet<>)] = nameof(SetOf),
        [typeof(Queue<>)] = nameof(QueueOf),
        [typeof(Dictionary<,>)] = nameof(DictionaryOf),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionaryOf),
        [typeof(KeyValuePair<,>)] = nameof(PairOf),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnlyCollectionOf),
        [typeof(ImmutableArray<>)] = nameof(ImmutableArrayOf),
        [typeof(ImmutableList<>)] = nameof(ImmutableListOf),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableSetOf),
        [typeof(ImmutableSortedSet<>)] = nameof(ImmutableSortedSetOf),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionaryOf),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionaryOf),
        [typeof(Memory<>)] = nameof(MemoryOf),
        [typeof(ReadOnlyMemory<>)] = nameof(ReadOnlyMemoryOf),
        [typeof(ArraySegment<>)] = nameof(SegmentOf),
    };

    /// <summary>All of them, for the names of types on the wire.</summary>
    public static IEnumerable<Type> Types => [.. s_known.Keys, .. s_generic.Keys];

    public static Codec? Find(Type type) => s_known.GetValueOrDefault(type);

    public static Codec? FindGeneric(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(Nullable<>)) return Create(typeof(NullableCodec<>).MakeGenericType(type.GetGenericArguments()));
        if (IsTuple(type)) return Create(typeof(ObjectCodec<>).MakeGenericType(type));
        if (!s_generic.TryGetValue(definition, out var name)) return null;
        return (Codec)typeof(KnownCodecs).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.GetGenericArguments())
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    public static bool IsTuple(Type type) =>
        type.IsGenericType && type.Namespace == "System"
        && (type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || type.Name.StartsWith("Tuple`", StringComparison.Ordinal));

    public static void WriteId(WireWriter writer, GrainId value)
    {
        WriteSpan(writer, value.Type.Value);
        WriteSpan(writer, value.Key);
    }

    public static GrainId ReadId(WireReader reader) => new(new GrainType(ReadSpan(reader)), ReadSpan(reader));

    private static Codec Create(Type codec) => (Codec)codec.GetConstructor(Type.EmptyTypes)!.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);

    private static void WriteSpan(WireWriter writer, IdSpan value)
    {
        writer.WriteVar((ulong)value.AsSpan().Length);
        writer.WriteBytes(value.AsSpan());
    }

    private static IdSpan ReadSpan(WireReader reader)
    {
        var bytes = reader.ReadBytes(reader.ReadCount(1));
        return bytes.IsEmpty ? default : new IdSpan(bytes.ToArray());
    }

    private static CollectionCodec<List<T>, T> ListOf<T>() => new(elements => [.. elements]);

    private static CollectionCodec<HashSet<T>, T> SetOf<T>() => new(elements => [.. elements]);

    private static CollectionCodec<Queue<T>, T> QueueOf<T>() => new(elements => new Queue<T>(elements));

    private static PairCodec<TKey, TValue> PairOf<TKey, TValue>() => new();

    private static CollectionCodec<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> DictionaryOf<TKey, TValue>()
        where TKey : notnull => new(elements => new Dictionary<TKey, TValue>(elements));

    private static CollectionCodec<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> SortedDictionaryOf<TKey, TValue>()
        where TKey : notnull => new(elements => new SortedDictionary<TKey, TValue>(new Dictionary<TKey, TValue>(elements)));

    private static CollectionCodec<ReadOnlyCollection<T>, T> ReadOnlyCollectionOf<T>() => new(elements => new ReadOnlyCollection<T>(elements));

    private static DelegateCodec<ImmutableArray<T>> ImmutableArrayOf<T>()
    {
        var array = new NullableArray<T>();
        return new(
            (writer, value) => array.Write(writer, value.IsDefault ? null : value.AsSpan(), value.IsDefault),
            reader => array.Read(reader) is { } elements ? System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(elements) : default);
    }

    private static CollectionCodec<ImmutableList<T>, T> ImmutableListOf<T>() => new(elements => [.. elements]);

    private static CollectionCodec<ImmutableHashSet<T>, T> ImmutableSetOf<T>() => new(elements => [.. elements]);

    private static CollectionCodec<ImmutableSortedSet<T>, T> ImmutableSortedSetOf<T>() => new(elements => [.. elements]);

    private static CollectionCodec<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> ImmutableDictionaryOf<TKey, TValue>()
        where TKey : notnull => new(elements => ImmutableDictionary.CreateRange(elements));

    private static CollectionCodec<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> ImmutableSortedDictionaryOf<TKey, TValue>()
        where TKey : notnull => new(elements => ImmutableSortedDictionary.CreateRange(elements));

    private static DelegateCodec<Memory<T>> MemoryOf<T>()
    {
        var array = new ArrayCodec<T>();
        return new((writer, value) => array.WriteSpan(writer, value.Span), reader => array.ReadArray(reader));
    }

    private static DelegateCodec<ReadOnlyMemory<T>> ReadOnlyMemoryOf<T>()
    {
        var array = new ArrayCodec<T>();
        return new((writer, value) => array.WriteSpan(writer, value.Span), reader => array.ReadArray(reader));
    }

    private static DelegateCodec<ArraySegment<T>> SegmentOf<T>()
    {
        var array = new NullableArray<T>();
        return new(
            (writer, value) => array.Write(writer, value.AsSpan(), value.Array is null),
            reader => array.Read(reader) is { } elements ? new ArraySegment<T>(elements) : default);
    }

    private sealed class NullableArray<T>
    {
        private readonly ArrayCodec<T> _array = new();

        public void Write(WireWriter writer, ReadOnlySpan<T> value, bool missing)
        {
            writer.WriteByte(missing ? (byte)0 : (byte)1);
            if (!missing) _array.WriteSpan(writer, value);
        }

        public T[]? Read(WireReader reader) => reader.ReadByte() == 0 ? null : _array.ReadArray(reader);
    }
}
