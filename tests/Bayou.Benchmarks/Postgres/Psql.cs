using System.Diagnostics;
using Npgsql;

namespace Bayou.Benchmarks.Postgres;

/// <summary>Runs commands by <c>psql</c>, a process for each call.</summary>
internal sealed class Psql(string connection)
{
    /// <summary>Runs the commands in one session.</summary>
    public async Task<string> RunAsync(IEnumerable<string> commands)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", builder.Host!, "-p", $"{builder.Port}", "-U", builder.Username!, "-d", builder.Database!])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["PGPASSWORD"] = builder.Password;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var command in commands) await process.StandardInput.WriteLineAsync(command);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"psql ended with {process.ExitCode}.");
    }
}
