using Bayou.Definitions;
using Bayou.Simulation.Tests.Host;
using Bayou.Simulation.Tests.World;
using Xunit.Abstractions;

namespace Bayou.Simulation.Tests.Failures;

/// <summary>
/// Every step from the source to the acknowledgement goes wrong in every way, each time that one run takes it, the first ten times at most; or a hundredth of
/// <c>BAYOU_SCHEDULES</c>. The ledger is exact afterwards.
/// </summary>
public class FailureMatrixTests(ITestOutputHelper output)
{
    private static readonly int s_most = int.Parse(Environment.GetEnvironmentVariable("BAYOU_SCHEDULES") ?? "1000") / 100;
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(25);

    public static TheoryData<Step, Fault> Cells
    {
        get
        {
            var cells = new TheoryData<Step, Fault>();
            foreach (var step in Enum.GetValues<Step>())
                foreach (var fault in Enum.GetValues<Fault>()) cells.Add(step, fault);
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public Task Run_one_step_goes_wrong_every_record_has_one_outcome(Step step, Fault fault) => OwnThread.RunAsync(() =>
    {
        var occurrence = 0;
        FailurePoint failure;
        do
        {
            var world = CreateWorld();
            failure = world.FailAt(step, fault, ++occurrence);
            var verdict = Run(world);
            Assert.True(verdict is null, $"{step} {fault}, time {occurrence}: {verdict}");
            Assert.True(failure.Reached || occurrence > 1, "The run does not take this step.");
        }
        while (failure.Reached && occurrence < s_most);

        output.WriteLine($"{step} {fault}: {(failure.Reached ? $"the first {occurrence} times" : $"all {occurrence - 1} times")}");
    });

    private static SimulatedWorld CreateWorld() =>
        new(new WorldSetup { Seed = 1, Faults = Faults.None, Tables = new SimulatedTables(2, DataLossPolicy.Continue), Partitions = 2, BatchRecords = 10 });

    /// <summary>Good, bad and unreadable records; a table is behind for a while, and the definition changes.</summary>
    private static string? Run(SimulatedWorld world)
    {
        world.Operator.Start(world.Tables.Definition(1));
        world.Operator.Begin();
        Produce(world);
        world.Operator.SetPaused("a", true);
        Produce(world);
        world.Operator.SetPaused("a", false);
        Produce(world);
        world.Tables.Change(new Random(1));
        world.Operator.Start(world.Tables.Definition(2));
        Produce(world);
        return world.RestAndCheck(s_calm);
    }

    private static void Produce(SimulatedWorld world)
    {
        for (var i = 0; i < 24; i++) world.Produce(i % 2, (i % 6) switch { 0 or 1 or 2 => "a", 3 or 4 => "b", _ => null }, good: i % 5 != 0);
        world.RunFor(TimeSpan.FromSeconds(3));
    }
}
