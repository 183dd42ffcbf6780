using Bayou.Grains.Routing;
using Bayou.Sources;

namespace Bayou.Verification.Ledger;

/// <summary>
/// The offset ledger of one partition, without I/O: takes the topic's records in order, each with the outcome that the rules give it for every table, and compares
/// with what the tables were found to hold. What it has compared it takes out of the found rows. Not safe for concurrent use.
/// </summary>
public sealed class PartitionLedger
{
    private readonly TableCoverage[] _coverage;
    private readonly FoundRows[] _found;
    private readonly Tally[] _tallies;

    /// <summary>A ledger over what was found; <paramref name="found"/> has an entry for each entry of <paramref name="coverage"/>.</summary>
    public PartitionLedger(IReadOnlyList<TableCoverage> coverage, IReadOnlyList<FoundRows> found)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(found.Count, coverage.Count);
        (_coverage, _found) = ([.. coverage], [.. found]);
        _tallies = [.. found.Select(rows => new Tally { Rows = rows.Rows.Count, Quarantined = rows.Quarantined.Count + rows.Refused.Count })];
        for (var table = 0; table < _found.Length; table++)
            foreach (var offset in _found[table].Doubled.Ascending())
                if (!_found[table].Rows.Contains(offset) || !_found[table].Quarantined.Contains(offset)) _tallies[table].Add(Finding.Doubled, offset);
    }

    /// <summary>Records that were given to <see cref="Record"/>.</summary>
    public long Records { get; private set; }

    /// <summary>Those that no table takes.</summary>
    public long Filtered { get; private set; }

    /// <summary>Compares one record.</summary>
    /// <param name="offset">Its offset; above that of the call before.</param>
    /// <param name="expected">The outcome for each table under the rules in force at the offset.</param>
    public void Record(long offset, ReadOnlySpan<Outcome> expected)
    {
        Records++;
        var taken = false;
        for (var table = 0; table < _coverage.Length; table++)
        {
            taken |= expected[table] != Outcome.None;
            if (_coverage[table].IsChecked) Compare(table, offset, expected[table]);
        }

        if (!taken) Filtered++;
    }

    /// <summary>Accounts for offsets that had no record, and returns the ledger of each table.</summary>
    /// <param name="unread">Ranges that the topic does not have any more, ascending; what is found there is taken as it is.</param>
    /// <param name="acceptedLosses">Ranges that were gone before the pipeline read them, and that the operator has decided to do without.</param>
    public IReadOnlyList<Tally> Finish(IReadOnlyList<OffsetRange> unread, IReadOnlyList<OffsetRange> acceptedLosses)
    {
        for (var table = 0; table < _coverage.Length; table++)
        {
            if (!_coverage[table].IsChecked) continue;
            foreach (var range in unread) AddExpired(table, range, acceptedLosses);
            var (rows, quarantined, refused) = (_found[table].Rows, _found[table].Quarantined, _found[table].Refused);
            foreach (var offset in rows.Ascending())
                if (quarantined.Contains(offset)) _tallies[table].Add(Finding.Doubled, offset);
                else AddWithoutRecord(table, offset, _coverage[table].Next, unread);
            foreach (var offset in quarantined.Ascending())
                if (!rows.Contains(offset)) AddWithoutRecord(table, offset, QuarantineNext(table), unread);
            foreach (var offset in refused.Ascending())
                if (rows.Contains(offset) || quarantined.Contains(offset)) _tallies[table].Add(Finding.Doubled, offset);
                else AddWithoutRecord(table, offset, _coverage[table].Next, unread);
        }

        return _tallies;
    }

    private void Compare(int table, long offset, Outcome expected)
    {
        var (coverage, tally) = (_coverage[table], _tallies[table]);
        var row = _found[table].Rows.Remove(offset);
        var quarantined = _found[table].Quarantined.Remove(offset);
        var found = row ? Outcome.Row : quarantined ? Outcome.Quarantine : Outcome.None;
        if (_found[table].Refused.Remove(offset)) CompareRefused(coverage, tally, offset, expected, found);
        else if (row && quarantined) tally.Add(Finding.Doubled, offset);
        else if ((row && offset >= coverage.Next) || (quarantined && offset >= QuarantineNext(table))) tally.Add(Finding.Wrong, offset);
        else if (offset >= coverage.Next) ComparePending(coverage, tally, offset, expected, found);
        else if (found == expected || (found == Outcome.None && offset < coverage.Start)) return;
        else if (offset < coverage.RuleKnownFrom) tally.Add(Finding.RuleUnknown, offset);
        else tally.Add(found == Outcome.None ? Finding.Lost : Finding.Wrong, offset);
    }

    // The rules ask for a row, and the destination would not take it.
    private static void CompareRefused(TableCoverage coverage, Tally tally, long offset, Outcome expected, Outcome found)
    {
        if (found != Outcome.None) tally.Add(Finding.Doubled, offset);
        else if (offset >= coverage.Next) tally.Add(Finding.Wrong, offset);
        else if (expected != Outcome.Row) tally.Add(offset < coverage.RuleKnownFrom ? Finding.RuleUnknown : Finding.Wrong, offset);
    }

    private static void ComparePending(TableCoverage coverage, Tally tally, long offset, Outcome expected, Outcome found)
    {
        if (found == Outcome.Quarantine && expected != Outcome.Quarantine)
            tally.Add(offset < coverage.RuleKnownFrom ? Finding.RuleUnknown : Finding.Wrong, offset);
        else if (expected != Outcome.None && offset >= coverage.Start) tally.Pending++;
    }

    private void AddExpired(int table, OffsetRange unread, IReadOnlyList<OffsetRange> acceptedLosses)
    {
        var position = Math.Max(unread.First, _coverage[table].Start);
        var end = Math.Min(unread.Next, _coverage[table].Next);
        foreach (var lost in acceptedLosses.OrderBy(range => range.First).Append(new OffsetRange(end, end)))
        {
            var until = Math.Min(lost.First, end);
            if (position < until) _tallies[table].Add(Finding.Expired, position, until - position);
            position = Math.Max(position, lost.Next);
        }
    }

    private void AddWithoutRecord(int table, long offset, long next, IReadOnlyList<OffsetRange> unread)
    {
        if (offset >= next) _tallies[table].Add(Finding.Wrong, offset);
        else if (!unread.Any(range => range.First <= offset && offset < range.Next)) _tallies[table].Add(Finding.RecordGone, offset);
    }

    private long QuarantineNext(int table) => Math.Max(_coverage[table].Next, _coverage[table].QuarantineNext);
}
