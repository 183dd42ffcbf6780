using System.Runtime.InteropServices;

namespace Bayou.Kafka.Records.Compression;

/// <summary>The operating system's libzstd, loaded when the first batch needs it.</summary>
internal static unsafe class ZstdLibrary
{
    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>Whether the system has the library.</summary>
    public static bool IsPresent => Library.Value != 0;

    /// <summary><c>ZSTD_createDCtx</c>.</summary>
    public static readonly delegate* unmanaged<nint> CreateContext = (delegate* unmanaged<nint>)Export("ZSTD_createDCtx");

    /// <summary><c>ZSTD_freeDCtx</c>.</summary>
    public static readonly delegate* unmanaged<nint, nuint> FreeContext = (delegate* unmanaged<nint, nuint>)Export("ZSTD_freeDCtx");

    /// <summary><c>ZSTD_sizeof_DCtx</c>: bytes that a context takes.</summary>
    public static readonly delegate* unmanaged<nint, nuint> SizeOfContext = (delegate* unmanaged<nint, nuint>)Export("ZSTD_sizeof_DCtx");

    /// <summary><c>ZSTD_initDStream</c>: begins anew, whatever came before.</summary>
    public static readonly delegate* unmanaged<nint, nuint> Begin = (delegate* unmanaged<nint, nuint>)Export("ZSTD_initDStream");

    /// <summary><c>ZSTD_decompressStream</c>: context, output, input.</summary>
    public static readonly delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, nuint> Decompress =
        (delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, nuint>)Export("ZSTD_decompressStream");

    /// <summary><c>ZSTD_isError</c>.</summary>
    public static readonly delegate* unmanaged<nuint, uint> IsError = (delegate* unmanaged<nuint, uint>)Export("ZSTD_isError");

    /// <summary><c>ZSTD_getErrorName</c>.</summary>
    public static readonly delegate* unmanaged<nuint, nint> ErrorName = (delegate* unmanaged<nuint, nint>)Export("ZSTD_getErrorName");

    private static nint Load()
    {
        string[] names = OperatingSystem.IsWindows() ? ["libzstd.dll", "zstd.dll"]
            : OperatingSystem.IsMacOS() ? ["libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "/usr/local/lib/libzstd.1.dylib"]
            : ["libzstd.so.1"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(ZstdLibrary).Assembly, null, out var library)) return library;
        }

        return 0;
    }

    private static nint Export(string name) => Library.Value != 0 && NativeLibrary.TryGetExport(Library.Value, name, out var address) ? address : 0;
}
