using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Collections that are made from an array of their elements.</summary>
internal sealed class CollectionCodec<TCollection, T>(Func<T[], TCollection> create) : Codec<TCollection>
    where TCollection : IEnumerable<T>
{
    private readonly Codec<T> _element = Codecs.Declared<T>();
    private readonly ArrayCodec<T> _array = new();

    public override void Write(WireWriter writer, TCollection value)
    {
        var elements = value as IReadOnlyCollection<T> ?? [.. value];
        writer.WriteVar((ulong)elements.Count);
        if (Codecs.IsRaw(typeof(T)))
        {
            // As an array is: one block, so that both are read alike.
            foreach (var element in elements) _element.Write(writer, element);
            return;
        }

        var left = elements.Count;
        foreach (var element in elements)
        {
            _element.Write(writer, element);
            left--;
        }

        if (left != 0) throw new SerializerException($"A {typeof(TCollection)} was modified while it was written.");
    }

    public override TCollection Read(WireReader reader) => create(_array.ReadArray(reader));
}
