using System.Runtime.InteropServices;

namespace Bayou.Kafka.Records.Compression;

/// <summary>Decompresses Zstandard with the operating system's library; frames need not tell their size.</summary>
internal static unsafe class Zstd
{
    /// <summary>Appends what the input decompresses to.</summary>
    public static void Decompress(ReadOnlySpan<byte> input, DecompressedBytes output)
    {
        if (!ZstdLibrary.IsPresent)
            throw new DecompressionException(CorruptRecordsKind.MissingLibrary,
                "it is compressed with Zstandard, and libzstd was not found on this machine. Install it (Debian and Ubuntu: apt-get install libzstd1; "
                + "Fedora: dnf install libzstd; macOS: brew install zstd; Windows: put libzstd.dll beside the program) and start again");
        var context = ZstdContext.Take();
        try
        {
            fixed (byte* start = input) Decompress(context.Address, new ZstdBuffer(start, input.Length), output);
        }
        finally
        {
            ZstdContext.Give(context);
        }
    }

    private static void Decompress(nint context, ZstdBuffer input, DecompressedBytes output)
    {
        while (true)
        {
            var room = output.Reserve(1);
            nuint wanted;
            ZstdBuffer written;
            fixed (byte* start = room)
            {
                written = new ZstdBuffer(start, room.Length);
                wanted = ZstdLibrary.Decompress(context, &written, &input);
            }

            if (ZstdLibrary.IsError(wanted) != 0) throw new DecompressionException($"its Zstandard data is damaged ({Marshal.PtrToStringUTF8(ZstdLibrary.ErrorName(wanted))})");
            output.Commit((int)written.Position);
            // 0 means that a frame ended and everything of it was written.
            if (wanted == 0 && input.Position == input.Size) return;
            if (wanted != 0 && input.Position == input.Size && written.Position < written.Size) throw new DecompressionException("its Zstandard data ends too early");
        }
    }
}
