using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Grains.Routing;

/// <summary>
/// Turns the records of a micro-batch into typed rows of the targets of one plan. Keeps its memory between batches; not safe for concurrent use.
/// What a target gets of a record depends on nothing but the plan and the record.
/// </summary>
public sealed class RowShredder
{
    /// <summary>A shredder for one plan.</summary>
    public RowShredder(RoutingPlan plan) => Plan = plan;

    /// <summary>The plan that it works under.</summary>
    public RoutingPlan Plan { get; }

    /// <summary>
    /// Shreds the records with an offset in <c>[from, until)</c> for the wanted targets, in place of what was shredded before. Ends before the
    /// record that would take the slice of a wanted target past <paramref name="maxSliceBytes"/>, unless it would be alone in that slice.
    /// </summary>
    /// <param name="batch">The records; read during the call only.</param>
    /// <param name="from">First offset of interest; records below are skipped.</param>
    /// <param name="until">Where to end at the latest; beyond the batch's end means at its end.</param>
    /// <param name="wanted">For each target of the plan whether rows are made for it.</param>
    /// <param name="maxSliceBytes">Most bytes of one slice.</param>
    public ShredResult Shred(MicroBatch batch, long from, long until, ReadOnlySpan<bool> wanted, int maxSliceBytes) => throw new NotSupportedException();

    /// <summary>Rows that the last <see cref="Shred"/> made for the target.</summary>
    public int Rows(int target) => throw new NotSupportedException();

    /// <summary>Rows that the last <see cref="Shred"/> made for the target's quarantine; always 0 for the target <c>_quarantine</c> itself.</summary>
    public int Quarantined(int target) => throw new NotSupportedException();

    /// <summary>
    /// The target's slice of the last <see cref="Shred"/>, in a buffer of its own from <paramref name="pool"/>; null when it has neither rows nor
    /// quarantined rows. May be called more than once, and in any order of targets.
    /// </summary>
    public Slice? BuildSlice(int target, TopicPartition source, int generation, long fromOffset, long next, BufferPool pool) => throw new NotSupportedException();

    /// <summary>
    /// What becomes of one record: for each target of the plan, and as a whole. Agrees with <see cref="Shred"/> by doing the same work; leaves
    /// what was shredded untouched.
    /// </summary>
    public RecordOutcome Classify(RecordView record, Span<Outcome> perTarget) => throw new NotSupportedException();
}
