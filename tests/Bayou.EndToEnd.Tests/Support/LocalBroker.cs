using System.Diagnostics;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>A real Kafka broker on loopback, one for all tests.</summary>
public sealed class LocalBroker : IAsyncLifetime
{
    private string _folder = "";

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (SharedTools.Kafka is null) return;
        _folder = Directory.CreateTempSubdirectory("bayou-e2e-kafka-").FullName;
        var output = await RunAsync("start", _folder, "0");
        Address = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    public async Task DisposeAsync()
    {
        if (SharedTools.Kafka is null) return;
        await RunAsync("kill", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        // To a file, not a pipe: the broker inherits the output and would keep a pipe open for good.
        var file = Path.GetTempFileName();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", file, SharedTools.Kafka!, .. arguments]))!;
        using var limit = new CancellationTokenSource(Deadline.Limit);
        await process.WaitForExitAsync(limit.Token);
        var output = await File.ReadAllTextAsync(file);
        File.Delete(file);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"kafka-local {string.Join(' ', arguments)} failed: {output}");
    }
}
