using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>Typed reading of a minimum or maximum.</summary>
internal static class BoundValue
{
    /// <summary>The value that <paramref name="bytes"/> hold; an <see cref="Int128"/> is big-endian and may be shorter than 16 bytes.</summary>
    public static unsafe T Read<T>(byte[]? bytes) where T : unmanaged
    {
        if (bytes is null) throw new InvalidOperationException("The column has no bounds.");
        if (typeof(T) == typeof(Int128) && bytes.Length <= 16)
        {
            var wide = BigEndian.Read(bytes);
            return Unsafe.As<Int128, T>(ref wide);
        }

        if (bytes.Length != sizeof(T)) throw new InvalidOperationException($"The bound has {bytes.Length} bytes, not {sizeof(T)}.");
        return MemoryMarshal.Read<T>(bytes);
    }
}
