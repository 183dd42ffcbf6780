using System.Diagnostics;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A real Kafka broker on loopback, run by the script <c>kafka-local</c>.</summary>
public sealed class LocalBroker : IAsyncLifetime
{
    private string _folder = "";

    /// <summary>The script: under the folder that BAYOU_SHARED names, else in a folder <c>shared/kafka</c> beside one of this assembly's ancestors; null when there is none.</summary>
    public static string? Script { get; } = FindScript();

    /// <summary>Why tests with a broker cannot run here; null when they can.</summary>
    public static string? Missing => Script is null
        ? "needs a Kafka broker: kafka-local was not found; set BAYOU_SHARED to the folder that holds kafka/kafka-local"
        : null;

    /// <summary>The plaintext listener.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The SASL_SSL listener.</summary>
    public string SecureAddress => File.ReadAllText(Path.Combine(_folder, "secure")).Trim();

    /// <summary>The certificate authority of the SASL_SSL listener.</summary>
    public string CertificateAuthority => Path.Combine(_folder, "ca.pem");

    public async Task InitializeAsync()
    {
        if (Script is null) return;
        _folder = Directory.CreateTempSubdirectory("bayou-kafka-").FullName;
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Script is null) return;
        await RunAsync("kill", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    public async Task StartAsync()
    {
        var output = await RunAsync("start", _folder, "0", "secure=1", "log.cleaner.backoff.ms=100", "transaction.state.log.num.partitions=4", "offsets.topic.num.partitions=4");
        Address = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    public Task KillAsync() => RunAsync("kill", _folder);

    public Task<string> TopicsAsync(params string[] arguments) => RunAsync(["topics", _folder, .. arguments]);

    /// <summary>Runs the script; its output.</summary>
    internal static async Task<string> RunAsync(params string[] arguments)
    {
        // To a file, not a pipe: the broker inherits the output and would keep a pipe open for good.
        var file = Path.GetTempFileName();
        var command = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", file, Script! } };
        foreach (var argument in arguments) command.ArgumentList.Add(argument);
        using var process = Process.Start(command)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        var output = await File.ReadAllTextAsync(file);
        File.Delete(file);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"kafka-local {string.Join(' ', arguments)} failed: {output}");
    }

    private static string? FindScript()
    {
        if (Environment.GetEnvironmentVariable("BAYOU_SHARED") is { Length: > 0 } shared)
            return Existing(Path.Combine(shared, "kafka", "kafka-local"));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(Path.Combine(folder.FullName, "shared", "kafka", "kafka-local")) is { } script) return script;
        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
