using Bayou.Definitions;
using Bayou.Status;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>Tables whose sink keeps no cursors: a grain keeps them, and every row is there at least once.</summary>
public class AtLeastOnceTests
{
    [Fact]
    public async Task Stop_and_start_again_goes_on_behind_the_rows_that_were_written()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await UntilDurableAsync(fixture, 1);
        await fixture.StopSiloAsync();

        fixture.Topic.Add(0, Event("a", "two"));
        await fixture.StartSiloAsync();
        await UntilDurableAsync(fixture, 2);

        Assert.Equal(["one", "two"], fixture.Plain.Ids("a"));
    }

    [Fact]
    public async Task Kill_after_the_cursors_were_noted_writes_nothing_again()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await UntilDurableAsync(fixture, 1);
        await fixture.KillSiloAsync();

        fixture.Topic.Add(0, Event("a", "two"));
        await fixture.StartSiloAsync();
        await UntilDurableAsync(fixture, 2);

        Assert.Equal(["one", "two"], fixture.Plain.Ids("a"));
    }

    [Fact]
    public async Task Kill_between_the_rows_and_the_cursors_writes_the_rows_again_under_the_same_key()
    {
        await using var fixture = Create(1);
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Plain.After = () =>
        {
            stored.TrySetResult();
            return Task.Delay(Timeout.Infinite);
        };
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await fixture.KillSiloAsync();

        fixture.Plain.After = () => Task.CompletedTask;
        await fixture.StartSiloAsync();
        await UntilDurableAsync(fixture, 1);

        Assert.Equal(["one", "one"], fixture.Plain.Ids("a"));
        Assert.Single(fixture.Plain.Of("a").Select(batch => batch.Id).Distinct());
    }

    [Fact]
    public async Task Write_that_fails_before_it_stored_anything_is_repeated_under_the_same_key()
    {
        await using var fixture = Create(1);
        var attempts = 0;
        fixture.Plain.Before = () => Interlocked.Increment(ref attempts) < 3 ? Task.FromException(new IOException("Something that nobody thought of.")) : Task.CompletedTask;
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));

        await UntilDurableAsync(fixture, 1);

        Assert.Equal(["one"], fixture.Plain.Ids("a"));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Write_whose_answer_is_lost_is_repeated_under_the_same_key()
    {
        await using var fixture = Create(1);
        var attempts = 0;
        fixture.Plain.After = () => Interlocked.Increment(ref attempts) == 1 ? Task.FromException(new TimeoutException("The answer is lost.")) : Task.CompletedTask;
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));

        await UntilDurableAsync(fixture, 1);

        Assert.Equal(["one", "one"], fixture.Plain.Ids("a"));
        Assert.Single(fixture.Plain.Of("a").Select(batch => batch.Id).Distinct());
    }

    [Fact]
    public async Task Start_without_any_state_writes_everything_again()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await UntilDurableAsync(fixture, 1);
        await fixture.StopSiloAsync();
        fixture.LoseState();

        fixture.Topic.Add(0, Event("a", "two"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await UntilDurableAsync(fixture, 2);

        Assert.Equal(["one", "one", "two"], fixture.Plain.Ids("a"));
    }

    [Fact]
    public async Task Start_with_another_column_takes_the_table_over_where_it_stands()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await UntilDurableAsync(fixture, 1);

        var table = Define("a").Tables[0];
        var added = new ColumnDefinition { Name = "m", Type = new ColumnType(ColumnKind.Long), Path = ["m"] };
        var result = await fixture.Grain.StartAsync(Define("a") with { Tables = [table with { Columns = [.. table.Columns, added] }] });
        fixture.Topic.Add(0, Event("a", "two"));
        await UntilDurableAsync(fixture, 2);

        Assert.Equal((2, true), (result.Version, result.NewVersion));
        Assert.Equal(["one", "two"], fixture.Plain.Ids("a"));
    }

    [Fact]
    public async Task Start_with_a_quarantine_without_cursors_has_bad_records_there()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "good"));
        fixture.Topic.Add(0, """{"type":"a","n":1}""");
        fixture.Topic.Add(0, "no json");
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a") with { Quarantine = new SinkDefinition { Kind = "plain", Options = [] } });

        await UntilDurableAsync(fixture, 3);
        await fixture.UntilStatusAsync(status => status.Tables[^1].Cursors is [{ NextOffset: 3 }]);

        Assert.Equal(["good"], fixture.Plain.Ids("a"));
        Assert.Equal([("_quarantine", 1), ("a", 1)], fixture.Plain.Of("_quarantine").Select(batch => (batch.Owner, batch.Ids.Length)).Order());
    }

    private static PipelineDefinition Define(params string[] tables)
    {
        var definition = PipelineFixture.Define(tables);
        return definition with { Tables = [.. definition.Tables.Select(table => table with { Sink = new SinkDefinition { Kind = "plain", Options = [] } })] };
    }

    /// <summary>Waits until table <c>a</c> has noted everything below an offset.</summary>
    private static Task<PipelineStatus> UntilDurableAsync(PipelineFixture fixture, long next) =>
        fixture.UntilStatusAsync(status => status.Tables.Length > 0 && status.Tables[0].Cursors is [{ NextOffset: var at }] && at == next);
}
