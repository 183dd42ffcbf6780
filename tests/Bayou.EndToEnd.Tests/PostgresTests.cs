using System.Text.Json;
using System.Text.RegularExpressions;
using Bayou.EndToEnd.Tests.Support;
using Bayou.Sinks.Tests.Postgres;

namespace Bayou.EndToEnd.Tests;

/// <summary>The whole program with its tables and quarantine in PostgreSQL.</summary>
[Collection(BrokerCollection.Name), Trait("Category", "EndToEnd")]
public class PostgresTests(LocalBroker broker) : IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [PostgresFact]
    public async Task Run_killed_and_server_restarted_every_record_has_one_outcome()
    {
        await using var workspace = await Workspace.CreateAsync(broker);
        await _server.RunAsync("CREATE SCHEMA shop; CREATE TABLE shop.refund (user_id bigint CHECK (user_id % 5 <> 3)); CREATE TABLE shop.login (event_id text PRIMARY KEY)");
        WritePostgres(workspace);
        workspace.Events.Start();
        var run = workspace.Run();
        for (var kill = 0; kill < 2; kill++)
        {
            var before = await OutcomesAsync();
            await Deadline.UntilAsync(() => $"rows land: {run.Error}", async () => await OutcomesAsync() > before + 2_000);
            await run.KillAsync();
            run = workspace.Run();
        }

        _server.Restart();
        await workspace.Events.StopAsync();
        await Deadline.UntilAsync(() => $"{workspace.Events.Count} events land: {run.Error}", async () => await OutcomesAsync() >= workspace.Events.Count);
        run.Terminate();
        Assert.Equal(0, await run.ExitAsync());

        var report = JsonDocument.Parse(await workspace.CommandAsync(0, "verify", workspace.File, "--state", workspace.State, "--json")).RootElement;
        Assert.Equal("fine", report.GetProperty("verdict").GetString());
        Assert.Equal(workspace.Events.Count, report.GetProperty("records").GetInt64());
        Assert.Equal(workspace.Events.Count, await OutcomesAsync());
        Assert.NotEqual(["0"], await _server.RowsAsync("SELECT count(*) FROM bayou_rejected WHERE table_name = 'refund' AND sqlstate = '23514'"));
        Assert.DoesNotContain("s3cret", run.Error + run.Out);

        // A row that is taken away and one that is written twice are found.
        await _server.RunAsync("DELETE FROM shop.click WHERE ctid = (SELECT ctid FROM shop.click LIMIT 1); INSERT INTO shop.view SELECT * FROM shop.view LIMIT 1");
        var text = await workspace.CommandAsync(1, "verify", workspace.File, "--state", workspace.State);
        Assert.Matches(@"\nlost 1 in click: ", text);
        Assert.Matches(@"\ndoubled 1 in view: ", text);
    }

    private void WritePostgres(Workspace workspace)
    {
        var connection = JsonSerializer.Serialize(_server.Connection);
        var text = File.ReadAllText(workspace.File);
        File.WriteAllText(workspace.File, Regex.Replace(text, @"\{ delta: \{ path: ""?[^ ""]*/(\w+)""? \} \}", match => $"{{ postgres: {{ connection: {connection}, table: shop.{match.Groups[1].Value} }} }}"));
        Assert.DoesNotContain("delta", File.ReadAllText(workspace.File));
    }

    // Rows of all tables that are there, the quarantine and refused rows.
    private async Task<long> OutcomesAsync()
    {
        try
        {
            var tables = await _server.RowsAsync("SELECT format('(SELECT count(*) FROM %I.%I)', schemaname, tablename) FROM pg_tables WHERE schemaname = 'shop' OR tablename = 'bayou_rejected'");
            return (long)(await _server.RunAsync($"SELECT {string.Join(" + ", tables)}"))!;
        }
        catch (Npgsql.NpgsqlException)
        {
            return 0;
        }
    }
}
