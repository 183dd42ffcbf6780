namespace Bayou.Sinks.Tests.Kit;

/// <summary>What somebody who writes a sink may get wrong.</summary>
public enum Mistake
{
    None,
    NoFence,
    StoredIsLowerThanMine,
    DefinitionNotCompared,
    OnlyFirstCursorCompared,
    RowsStayWhenFenced,
    CursorsBeforeRows,
    BatchesNotRemembered,
    StateIsCached,
    OwnersShareCursors,
    SourcesForgotten,
    FirstRowIgnored,
    RowsReadLater,
    LastBlockForgotten,
    NewestFirst,
    CancellationIgnored,
    TextTrimmed,
    EmptyTextIsNull,
    DecimalsAsDoubles,
    MillisecondInstants,
}
