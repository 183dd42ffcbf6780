using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Pipelines;

/// <summary>A pipeline that ran to its end.</summary>
/// <param name="Records">Records that it routed.</param>
/// <param name="Rows">Rows that its tables committed, the quarantine's among them.</param>
/// <param name="Cost">What it cost: of a silo that had just started, since the start of its process; else since the pipeline was started.</param>
/// <param name="Others">The other tables' pace, when a table is told apart; else null.</param>
internal sealed record PipelineResult(long Records, long Rows, Measurement Cost, OthersPace? Others);
