using System.Diagnostics;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>A real Kafka broker on loopback, one for all tests.</summary>
public class LocalBroker : IAsyncLifetime
{
    private readonly string[] _options;
    private string _folder = "";

    public LocalBroker()
        : this([])
    {
    }

    /// <param name="options">Options of its start.</param>
    protected LocalBroker(params string[] options) => _options = options;

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (SharedTools.Kafka is null) return;
        _folder = Directory.CreateTempSubdirectory("bayou-e2e-kafka-").FullName;
        await StartAsync();
    }

    /// <summary>Starts it, with the data and the address that it had, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var output = await RunAsync(["start", _folder, "0", .. _options]);
        Address = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    /// <summary>Ends it as a crash would: all of it, or one of its nodes, from 1.</summary>
    public Task KillAsync(int? node = null) => RunAsync(["kill", _folder, .. node is null ? [] : (string[])[$"{node}"]]);

    public async Task DisposeAsync()
    {
        if (!Directory.Exists(_folder)) return;
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
