using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using Microsoft.Extensions.DependencyInjection;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>Small files are merged while commits go on and silos are killed: every row stays there once. <c>BAYOU_SEED</c> repeats the moments of the kills.</summary>
public sealed class CompactionTests : IDisposable
{
    private const int Rounds = 10;
    private const int RoundEvents = 60;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bayou-compaction-");
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_SEED"), out var seed) ? seed : Random.Shared.Next();

    private string Log => Path.Combine(_folder.FullName, "_delta_log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_compacting_and_killed_has_every_row_once_in_fewer_files()
    {
        var random = new Random(_seed);
        await using var fixture = new PipelineFixture(new("events", 2), new()) { AddSinks = services => services.AddDeltaSink() };
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a") with { Tables = [Table("a") with { Sink = Delta(), Commit = new CommitPolicy { Every = TimeSpan.FromMilliseconds(1) } }] });
        for (var round = 0; round < Rounds; round++)
        {
            var killAt = round % 2 == 0 ? Versions() + random.Next(1, 12) : long.MaxValue;
            for (var i = 0; i < RoundEvents; i++)
            {
                var n = round * RoundEvents + i;
                fixture.Topic.Add(n % 2, Event("a", $"{n:0000}"));
                // A commit for every few events, so that there are small files.
                if (i % 6 == 5) await fixture.UntilStatusAsync(status => status.Tables is [var table, ..] && table.Cursors.Sum(cursor => cursor.NextOffset) == n + 1);
                if (Versions() < killAt) continue;
                killAt = long.MaxValue;
                await fixture.KillSiloAsync();
                await fixture.StartSiloAsync();
            }
        }

        var done = await fixture.UntilStatusAsync(status => status.Tables is [{ Compaction: { IsRunning: false, Runs: > 0 } }, ..]);
        await fixture.StopSiloAsync();

        var table = DeltaTableReader.Open(_folder.FullName);
        List<(int Partition, long Offset, string Id)> rows = [];
        foreach (var part in table.Read("_partition", "_offset", "id"))
            for (var row = 0; row < part.Count; row++) rows.Add((part.Columns[0].Fixed<int>()[row], part.Columns[1].Fixed<long>()[row], part.Columns[2].Text(row)!));
        var expected = Enumerable.Range(0, Rounds * RoundEvents).Select(n => (n % 2, (long)(n / 2), $"{n:0000}")).Order();
        Assert.True(expected.SequenceEqual(rows.Order()), $"{rows.Count} rows, {rows.Distinct().Count()} of them distinct; BAYOU_SEED={_seed}");
        var (written, merges, removed) = ReadLog();
        Assert.True(merges > 0 && removed > merges, $"{merges} merges of {removed} files; BAYOU_SEED={_seed}");
        Assert.Equal(written + merges - removed, table.Files.Count);
        Assert.Null(done.Tables[0].Compaction!.LastFailure);
    }

    private SinkDefinition Delta() => new() { Kind = "delta", Options = new() { ["path"] = _folder.FullName, ["compact"] = "3", ["checkpointEvery"] = "7" } };

    private long Versions() => Directory.Exists(Log) ? Directory.GetFiles(Log, "*.json").Length : 0;

    // Files that commits of rows wrote, merges, and files that those removed. No commit is older than the log's retention, so all are there.
    private (int Written, int Merges, int Removed) ReadLog()
    {
        var (written, merges, removed) = (0, 0, 0);
        foreach (var file in Directory.GetFiles(Log, "*.json"))
        {
            var actions = File.ReadAllLines(file).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            var isMerge = actions[0].GetProperty("commitInfo").GetProperty("operation").GetString() == "OPTIMIZE";
            var adds = actions.Where(action => action.TryGetProperty("add", out _)).ToArray();
            var removes = actions.Count(action => action.TryGetProperty("remove", out _));
            Assert.Equal(isMerge, removes > 0);
            Assert.All(adds, add => Assert.Equal(!isMerge, add.GetProperty("add").GetProperty("dataChange").GetBoolean()));
            if (isMerge) Assert.Single(adds);
            written += isMerge ? 0 : adds.Length;
            merges += isMerge ? 1 : 0;
            removed += removes;
        }

        return (written, merges, removed);
    }
}
