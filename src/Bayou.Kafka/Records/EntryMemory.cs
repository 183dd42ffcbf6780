using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bayou.Sources;

namespace Bayou.Kafka.Records;

/// <summary>Shows the start of a byte array as record entries, so that they live in pooled buffers.</summary>
internal sealed class EntryMemory(byte[] array, int count) : MemoryManager<RecordEntry>
{
    /// <summary>Bytes of one entry.</summary>
    public static readonly int EntrySize = Unsafe.SizeOf<RecordEntry>();

    /// <inheritdoc/>
    public override Span<RecordEntry> GetSpan() =>
        MemoryMarshal.Cast<byte, RecordEntry>(array.AsSpan(0, count * EntrySize));

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex * EntrySize, handle, this);
    }

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) { }
}
