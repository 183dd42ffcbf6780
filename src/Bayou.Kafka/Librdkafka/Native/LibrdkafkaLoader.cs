using System.Reflection;
using System.Runtime.InteropServices;

namespace Bayou.Kafka.Librdkafka.Native;

/// <summary>
/// Decides which librdkafka this process uses: the file at the path given, else the one that came with the package, else the operating
/// system's. A process has one; the first to ask decides.
/// </summary>
public static class LibrdkafkaLoader
{
    /// <summary>Name under which a source option, an AppContext setting or (in capitals, with underscores) an environment variable gives the path.</summary>
    public const string PathOption = "librdkafka.path";

    /// <summary>The environment variable that gives the path.</summary>
    public const string PathVariable = "LIBRDKAFKA_PATH";

    /// <summary>The version (2.2.0) that brought <c>fetch.queue.backoff.ms</c>.</summary>
    internal const int KnowsFetchQueueBackoff = 0x020200ff;

    internal const string LibraryName = "librdkafka";
    private static readonly Lock Gate = new();
    private static nint s_library;
    private static string? s_loadedFrom;

    /// <summary>What was loaded: a path or a library's name; null before the first use.</summary>
    public static string? LoadedFrom => s_loadedFrom;

    /// <summary>The version of the loaded library as its four bytes, for example <c>0x020002ff</c> for 2.0.2.</summary>
    /// <exception cref="DllNotFoundException">No library was found.</exception>
    public static int Version
    {
        get
        {
            Load();
            return RdKafka.Version();
        }
    }

    /// <summary>
    /// Loads the library; every call but the first does nothing. <paramref name="path"/> null means the AppContext setting
    /// <see cref="PathOption"/>, else the environment variable <see cref="PathVariable"/>, else the usual places.
    /// </summary>
    /// <exception cref="DllNotFoundException">There is none; the message says how to install it.</exception>
    public static void Load(string? path = null)
    {
        lock (Gate)
        {
            if (s_library != 0) return;
            path = Given(path) ?? Given(AppContext.GetData(PathOption) as string) ?? Given(Environment.GetEnvironmentVariable(PathVariable));
            s_library = path is null ? FindInstalled() : LoadFile(path);
            foreach (var user in new[] { typeof(Confluent.Kafka.Library).Assembly, typeof(RdKafka).Assembly })
                NativeLibrary.SetDllImportResolver(user, path is null ? ResolvePlain : ResolveEvery);
        }
    }

    private static string? Given(string? path) => string.IsNullOrWhiteSpace(path) ? null : path;

    private static nint LoadFile(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var library))
            throw new DllNotFoundException(
                $"Loading librdkafka from '{path}' failed: there is no such library, or it was built for another system. Correct '{PathOption}' ({PathVariable}) or remove it to use the installed one.");
        s_loadedFrom = path;
        return library;
    }

    private static nint FindInstalled()
    {
        var package = typeof(Confluent.Kafka.Library).Assembly;
        string[] names = OperatingSystem.IsMacOS() ? [LibraryName, "librdkafka.1.dylib"]
            : OperatingSystem.IsWindows() ? [LibraryName]
            : [LibraryName, "librdkafka.so.1"];
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, package, null, out var library)) continue;
            s_loadedFrom = name;
            return library;
        }

        throw new DllNotFoundException(
            "librdkafka, the native Kafka client, was not found; Kafka sources cannot be opened. Install it (Debian and Ubuntu: apt-get install librdkafka1; "
            + $"macOS: brew install librdkafka), or build with the package librdkafka.redist, or give its path as '{PathOption}' ({PathVariable}).");
    }

    // Without a path, platform-specific names inside the package are left to the runtime.
    private static nint ResolvePlain(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == LibraryName ? s_library : 0;

    private static nint ResolveEvery(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name.Contains(LibraryName, StringComparison.Ordinal) ? s_library : 0;
}
