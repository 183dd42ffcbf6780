namespace Bayou.Simulation.Tests.Schedules;

/// <summary>What a schedule can have happen.</summary>
internal enum EventKind
{
    Produce,
    Gap,
    KillSilo,
    LoseState,
    LoseStateInTakeOver,
    ClockBack,
    DuplicatePipeline,
    DuplicateTable,
    DuplicatePartition,
    KillTable,
    KillPartition,
    KillCatchUp,
    HoldTable,
    HoldPartition,
    HoldCatchUp,
    HoldPipeline,
    Pause,
    PauseAll,
    Resume,
    AddPartition,
    Retention,
    ChangeDefinition,
    OtherWriter,
    SlowSink,
    BrokenSink,
}
