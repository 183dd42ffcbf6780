using Bayou.Definitions;
using Bayou.Simulation.Tests.World;

namespace Bayou.Simulation.Tests.Schedules;

/// <summary>The state directory is lost, where the product promises that it can be, and where it promises to refuse to go on without it.</summary>
internal sealed class StateLoss(SimulatedWorld world)
{
    private Action? _backup;

    /// <summary>Loses it where the tables' cursors suffice: every table is under the definition that is started next, or has nothing yet.</summary>
    public void Lose()
    {
        if (_backup is not null || world.Storage.Pipeline is not { TakingOverTo: 0 } current || current.Version != world.Tables.Latest || !CursorsSuffice()) return;
        world.Restart(world.Storage.Clear);
        world.Operator.Start(world.Tables.Definition(world.Tables.Latest));
    }

    /// <summary>Loses it while the tables are on their way to another definition. It is put back after a while; until then nothing may start.</summary>
    public void LoseInTakeOver(TimeSpan length)
    {
        // One commit may be on its way still, and bring its table to the end of that way.
        if (_backup is not null || world.Storage.Pipeline is not { TakingOverTo: > 0 and var next } || Sinks(next - 1).Count(table => VersionOf(table) != next) < 2) return;
        _backup = world.Storage.Copy();
        world.Restart(world.Storage.Clear);
        world.Operator.Start(world.Tables.Definition(world.Tables.Latest));
        world.Time.After(length, Restore);
    }

    /// <summary>Puts it back if it is to be put back.</summary>
    public void Restore()
    {
        if (_backup is not { } backup) return;
        _backup = null;
        if (world.Storage.Pipeline is not null) world.Ledger.Violated("The pipeline was started without its state directory in the middle of a change of the definition.");
        else world.Tally.RefusedStarts++;
        world.Restart(backup);
    }

    private bool CursorsSuffice() => Sinks(world.Tables.Latest).All(table =>
        world.Destination.Of(table.Sink.Options["path"], table.Name).State.Definition is not { } stamp
            ? world.Tables.Beginning(table.Name) is { Version: 1 } or { Backfill: true }
            : stamp.To is null && stamp.Version == world.Tables.Latest);

    private int VersionOf(TableDefinition table) => world.Destination.Of(table.Sink.Options["path"], table.Name).State.Definition is { To: null, Version: var version } ? version : 0;

    private IEnumerable<TableDefinition> Sinks(int version) =>
        world.Tables.Definition(version).Tables.Append(QuarantineTable.Create(world.Tables.Definition(1).Quarantine));
}
