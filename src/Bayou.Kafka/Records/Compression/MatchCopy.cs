using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bayou.Kafka.Records.Compression;

/// <summary>The copies of which Snappy and LZ4 consist. Callers have checked that source and target lie within the data and the room.</summary>
internal static class MatchCopy
{
    private const int Wide = 16;

    /// <summary>Copies bytes of the input to <paramref name="at"/>; bytes behind the copy may be overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Literal(ReadOnlySpan<byte> source, int from, byte[] array, int at, int count)
    {
        if (count <= Wide && source.Length - from >= Wide && array.Length - at >= Wide)
            Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)from).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(array), (nuint)at);
        else source.Slice(from, count).CopyTo(array.AsSpan(at));
    }

    /// <summary>Repeats what lies <paramref name="distance"/> bytes before <paramref name="at"/>, 1 or more; where both overlap, what was just written is copied again. Bytes behind may be overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Match(byte[] array, int at, int distance, int count)
    {
        if (distance >= Wide && array.Length - at >= count + Wide)
        {
            ref var start = ref MemoryMarshal.GetArrayDataReference(array);
            for (var done = 0; done < count; done += Wide)
                Vector128.LoadUnsafe(ref start, (nuint)(at - distance + done)).StoreUnsafe(ref start, (nuint)(at + done));
        }
        else Overlapping(array, at, distance, count);
    }

    private static void Overlapping(byte[] array, int at, int distance, int count)
    {
        // Each round has twice as much to copy from as the one before.
        for (var from = at - distance; count > 0;)
        {
            var step = Math.Min(count, at - from);
            array.AsSpan(from, step).CopyTo(array.AsSpan(at));
            at += step;
            count -= step;
        }
    }
}
