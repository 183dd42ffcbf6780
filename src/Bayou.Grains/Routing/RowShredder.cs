using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Grains.Routing;

/// <summary>
/// Turns the records of a micro-batch into typed rows of the targets of one plan. Keeps its memory between batches; not safe for concurrent use.
/// What a target gets of a record depends on nothing but the plan and the record.
/// </summary>
public sealed class RowShredder
{
    private const int CacheLine = 64;
    private const int MostPrefetched = 1024;

    // How many records before its turn one is fetched from memory.
    private const int Ahead = 2;

    private readonly EventRouter _router;
    private readonly TargetRows[] _targets;
    private readonly Outcome[] _outcomes;
    private readonly Reason _reason = new();

    /// <summary>A shredder for one plan.</summary>
    public RowShredder(RoutingPlan plan)
    {
        Plan = plan;
        _router = new EventRouter(plan);
        _targets = [.. plan.Plans.Select(target => new TargetRows(target, plan.Version))];
        _outcomes = new Outcome[_targets.Length];
    }

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
    /// <param name="maxSliceBytes">Most bytes of one slice, counted as if every column had nulls.</param>
    /// <exception cref="ArgumentException"><paramref name="wanted"/> is not as long as the plan has targets.</exception>
    public ShredResult Shred(MicroBatch batch, long from, long until, ReadOnlySpan<bool> wanted, int maxSliceBytes)
    {
        if (wanted.Length != _targets.Length) throw new ArgumentException($"There are {_targets.Length} targets, not {wanted.Length}.", nameof(wanted));
        foreach (var target in _targets) target.Reset();
        var entries = batch.Entries.Span;
        var data = batch.Data.Span;
        var end = Math.Min(until, batch.Range.Next);
        int first = FirstAt(entries, from), filtered = 0, index = first;
        for (; index < entries.Length && entries[index].Offset < end; index++)
        {
            if (index + Ahead < entries.Length) Prefetch(in entries[index + Ahead], data);
            var record = new RecordView(in entries[index], data);
            var targets = _router.Route(record);
            if (targets.Length == 0) filtered++;
            else if (!TryAdd(record, targets, wanted, maxSliceBytes))
                return new ShredResult { Next = record.Offset, Cut = true, Records = index - first, Filtered = filtered };
        }

        return new ShredResult { Next = Math.Max(from, end), Records = index - first, Filtered = filtered };
    }

    /// <summary>Rows that the last <see cref="Shred"/> made for the target.</summary>
    public int Rows(int target) => _targets[target].Rows;

    /// <summary>Rows that the last <see cref="Shred"/> made for the target's quarantine; always 0 for the target <c>_quarantine</c> itself.</summary>
    public int Quarantined(int target) => _targets[target].Quarantined;

    /// <summary>
    /// The target's slice of the last <see cref="Shred"/>, in a buffer of its own from <paramref name="pool"/>; null when it has neither rows nor
    /// quarantined rows. May be called more than once, and in any order of targets.
    /// </summary>
    /// <param name="target">Index of the target in the plan.</param>
    /// <param name="source">The partition.</param>
    /// <param name="generation">The source's generation, from 1.</param>
    /// <param name="fromOffset">Where the slice's range begins: <c>Next</c> of the last slice that the table accepted.</param>
    /// <param name="next">Where the slice's range ends: <see cref="ShredResult.Next"/>.</param>
    /// <param name="pool">Gives the buffer, which the slice owns.</param>
    public Slice? BuildSlice(int target, TopicPartition source, int generation, long fromOffset, long next, BufferPool pool) =>
        _targets[target].BuildSlice(source, generation, new OffsetRange(fromOffset, next), pool);

    /// <summary>
    /// What becomes of one record: for each target of the plan, and as a whole. Agrees with <see cref="Shred"/> by doing the same work; leaves
    /// what was shredded untouched.
    /// </summary>
    /// <param name="record">The record; read during the call only.</param>
    /// <param name="perTarget">Room for one outcome for each target of the plan; every one is written.</param>
    public RecordOutcome Classify(RecordView record, Span<Outcome> perTarget)
    {
        perTarget.Clear();
        foreach (var target in _router.Route(record)) perTarget[target] = _targets[target].Try(_router, record, _reason);
        return _router.Outcome;
    }

    private bool TryAdd(RecordView record, int[] targets, ReadOnlySpan<bool> wanted, int maxSliceBytes)
    {
        var over = false;
        foreach (var target in targets)
        {
            if (!wanted[target]) continue;
            _outcomes[target] = _targets[target].Add(_router, record, _reason);
            over |= _targets[target].IsOver(maxSliceBytes);
        }

        if (!over) return true;
        foreach (var target in targets)
            if (wanted[target]) _targets[target].Remove(_outcomes[target]);
        return false;
    }

    // Records are too short and too many for the processor to see by itself where reading goes on; waiting for memory was the scanner's largest cost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(in RecordEntry entry, ReadOnlySpan<byte> data)
    {
        if (!Sse.IsSupported || (uint)entry.ValueStart >= (uint)data.Length) return;
        // The array may move meanwhile: then something else is fetched, which does no harm.
        var start = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), entry.ValueStart));
        for (var line = 0; line < Math.Min(entry.ValueLength, MostPrefetched); line += CacheLine) Sse.Prefetch0(start + line);
    }

    private static int FirstAt(ReadOnlySpan<RecordEntry> entries, long offset)
    {
        int low = 0, high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Offset < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
