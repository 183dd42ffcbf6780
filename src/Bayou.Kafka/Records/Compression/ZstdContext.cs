using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Bayou.Kafka.Records.Compression;

/// <summary>A decompression context of libzstd. They are kept for use again, as making one costs more than a small batch does.</summary>
internal sealed class ZstdContext : SafeHandle
{
    private const int MostKept = 8;

    // What Kafka's default level needs and some more; a frame may ask for a window of 128 MiB.
    private const nuint MostKeptBytes = 8 << 20;

    private static readonly ConcurrentBag<ZstdContext> Kept = [];

    /// <summary>A new context; <see cref="Take"/> is the way to one.</summary>
    public unsafe ZstdContext() : base(0, ownsHandle: true) => SetHandle(ZstdLibrary.CreateContext());

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The context's address, for calls while the caller has it.</summary>
    public nint Address => handle;

    /// <summary>A context that nobody else uses, ready to begin.</summary>
    public static unsafe ZstdContext Take()
    {
        var context = Kept.TryTake(out var kept) ? kept : new ZstdContext();
        if (context.IsInvalid) throw new InsufficientMemoryException("libzstd found no memory for a context.");
        ZstdLibrary.Begin(context.Address);
        return context;
    }

    /// <summary>Gives it back.</summary>
    public static unsafe void Give(ZstdContext context)
    {
        if (Kept.Count < MostKept && ZstdLibrary.SizeOfContext(context.Address) <= MostKeptBytes) Kept.Add(context);
        else context.Dispose();
    }

    /// <inheritdoc/>
    protected override unsafe bool ReleaseHandle() => ZstdLibrary.IsError(ZstdLibrary.FreeContext(handle)) == 0;
}
