using System.Buffers;
using System.Runtime.InteropServices;
using Bayou.Sources;

namespace Bayou.Kafka.Reading;

/// <summary>Shows the start of a byte array as record entries, so that they live in the same pooled buffer as the data.</summary>
internal sealed class EntryMemory(byte[] array, int count) : MemoryManager<RecordEntry>
{
    /// <inheritdoc/>
    public override Span<RecordEntry> GetSpan() =>
        MemoryMarshal.Cast<byte, RecordEntry>(array.AsSpan(0, count * RecordBlock.EntrySize));

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex * RecordBlock.EntrySize, handle, this);
    }

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) { }
}
