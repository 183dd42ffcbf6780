using System.Diagnostics;
using System.Globalization;

namespace Bayou.Benchmarks.Postgres;

/// <summary>
/// Rows a second into ten tables of a PostgreSQL server: by the sink, rows and cursors in each commit, and by <c>psql \copy</c> in two sessions, of the same rows as binary files. They take turns, and counts must agree.
/// </summary>
internal static class PostgresBenchmark
{
    public const string Help = """
          postgres --connection STRING    write ten tables by the sink and by psql \copy; drops tables bench_1 to bench_10, and Bayou's own, in the connection's schema

            --rows N            rows of each table; default 200000
            --rounds N          default 3
            --sessions N        writers at a time, of both; default 2
        """;

    private const int Tables = 10;

    /// <summary>The exit code: 0, or 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (connection, rows, rounds, sessions) = ("", 200_000, 3, 2);
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            switch (arguments[i])
            {
                case "--connection": connection = arguments[i + 1]; break;
                case "--rows": rows = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture); break;
                case "--rounds": rounds = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture); break;
                case "--sessions": sessions = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture); break;
                default: connection = ""; i = arguments.Count; break;
            }
        }

        if (connection.Length == 0)
        {
            Console.Error.WriteLine(Help);
            return 2;
        }

        var psql = new Psql(connection);
        var folder = Directory.CreateTempSubdirectory("bayou-bench-").FullName;
        try
        {
            Console.WriteLine($"{Tables} tables of {rows:N0} rows, {sessions} writers at a time, synchronous_commit {(await psql.RunAsync(["SHOW synchronous_commit;"])).Trim()}");
            for (var round = 1; round <= rounds; round++) await RunRoundAsync(psql, connection, folder, round, rows, sessions);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunRoundAsync(Psql psql, string connection, string folder, int round, int rows, int sessions)
    {
        await psql.RunAsync(Enumerable.Range(1, Tables).Select(i => $"DROP TABLE IF EXISTS bench_{i};").Append("DROP TABLE IF EXISTS bayou_tables, bayou_offsets, bayou_rejected;"));
        var tables = Enumerable.Range(1, Tables).Select(i => new BenchmarkTable(connection, i, rows)).ToArray();
        foreach (var table in tables) await table.PrepareAsync();

        await psql.RunAsync(["CHECKPOINT;"]);
        var sink = await TimeAsync(() => Parallel.ForEachAsync(tables, new ParallelOptions { MaxDegreeOfParallelism = sessions }, async (table, _) => await table.WriteAsync()));
        await CheckAsync(psql, tables, rows);

        await psql.RunAsync(tables.SelectMany(table => new[] { $"\\copy {table.Name} TO '{folder}/{table.Name}' (FORMAT binary)", $"TRUNCATE {table.Name};" }).Append("CHECKPOINT;"));
        var copy = await TimeAsync(() => Task.WhenAll(tables.Chunk((Tables + sessions - 1) / sessions).Select(some => psql.RunAsync(some.Select(table => $"\\copy {table.Name} FROM '{folder}/{table.Name}' (FORMAT binary)")))));
        await CheckAsync(psql, tables, rows);

        var all = (double)rows * Tables;
        Console.WriteLine($"round {round}: sink {all / sink.TotalSeconds:N0} rows/s, psql {all / copy.TotalSeconds:N0} rows/s, sink to psql {copy / sink:0.00}");
    }

    private static async Task CheckAsync(Psql psql, BenchmarkTable[] tables, int rows)
    {
        foreach (var count in (await psql.RunAsync(tables.Select(table => $"SELECT count(*) || ' ' || count(DISTINCT _offset) FROM {table.Name};"))).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (count != $"{rows} {rows}") throw new InvalidOperationException($"A table has {count} rows and offsets in place of {rows} each.");
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var began = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(began);
    }
}
