using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>A server of the tests' own on a free port of the loopback address. It goes, with its data, when this process does, however that ends.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>The password of the superuser <c>postgres</c>.</summary>
    public const string Password = "s3cret-Wörd;'\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("bayou-postgres-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>Connection string of the superuser.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Database = "postgres", Username = "postgres", Password = Password }.ConnectionString;

    /// <summary>The server's port.</summary>
    public int Port => _port;

    public async Task InitializeAsync()
    {
        if (PostgresPrograms.Folder is null) return;
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), Password);
        // The server is stopped when its shell finds the end of its input, which comes when this process ends, be it killed.
        var script =
            $"""
            cd {_folder} && PATH={PostgresPrograms.Folder}:$PATH
            initdb -D data -U postgres -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8 --no-sync >log 2>&1 || exit 1
            pg_ctl start -w -t 120 -D {_folder}/data -l {_folder}/log -o '-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c max_prepared_transactions=4' >>log 2>&1 || exit 1
            echo ready
            cat >/dev/null
            pg_ctl stop -m immediate -D data >>log 2>&1
            rm -rf {_folder}
            """;
        var isRoot = Environment.UserName == "root";
        if (isRoot) Run("chown", "-R", "postgres", _folder);
        var start = new ProcessStartInfo(isRoot ? "runuser" : "sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in isRoot ? new[] { "-u", "postgres", "--", "sh", "-c", script } : ["-c", script]) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        if (await _process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException($"PostgreSQL's server did not start: {await File.ReadAllTextAsync(Path.Combine(_folder, "log"))}");
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is null)
        {
            Directory.Delete(_folder, recursive: true);
            return;
        }

        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Stops the server as a crash would, and starts it again.</summary>
    public void Restart() => RunAsServer("pg_ctl", "restart", "-w", "-t", "120", "-m", "immediate", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"));

    /// <summary>Runs a statement as the superuser and returns its first value.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs a query as the superuser and returns each row's values, joined by bars; null is empty.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i))));
        return [.. rows];
    }

    /// <summary>Runs a program of the server's as the server's user.</summary>
    public static void RunAsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(PostgresPrograms.Folder!, program);
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Without pipes: the server inherits them and would hold them open.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]))!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
