using System.Diagnostics;

namespace Bayou.Benchmarks.Bench.Places;

/// <summary>The broker that is read: one that was given, or one of this run's own, which goes with its data when disposed.</summary>
internal sealed class BenchBroker : IAsyncDisposable
{
    private readonly string? _script;
    private readonly string _folder;

    private BenchBroker(string? script, string folder, string address) => (_script, _folder, Address) = (script, folder, address);

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>True when it was started here.</summary>
    public bool IsOwn => _script is not null;

    /// <summary>Starts one, unless an address is given.</summary>
    /// <param name="given">The address of a broker that runs; null for none.</param>
    /// <param name="shared">Where the script is that starts one.</param>
    /// <param name="folder">For its data.</param>
    /// <exception cref="InvalidOperationException">There is none to start, or it did not start.</exception>
    public static async Task<BenchBroker> StartAsync(string? given, SharedFolder shared, string folder)
    {
        if (given is not null) return new BenchBroker(null, folder, given);
        var script = shared.Kafka ?? throw new InvalidOperationException(
            "There is no broker to measure with: kafka-local was not found. Name brokers with --bootstrap HOST:PORT, or the folder that holds kafka/kafka-local in BAYOU_SHARED.");
        var broker = new BenchBroker(script, folder, "");
        try
        {
            return new BenchBroker(script, folder, (await broker.RunAsync("start", folder, "0")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim());
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_script is not null && Directory.Exists(_folder)) await RunAsync("kill", _folder);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        // To a file, not a pipe: the broker inherits the output and would keep a pipe open for good.
        var file = Path.GetTempFileName();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", file, _script!, .. arguments]))!;
        await process.WaitForExitAsync();
        var output = await File.ReadAllTextAsync(file);
        File.Delete(file);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"kafka-local {string.Join(' ', arguments)} failed: {output}");
    }
}
