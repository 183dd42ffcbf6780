using Bayou.Sinks;
using Bayou.Verification.Ledger;

namespace Bayou.Verification.Reports;

/// <summary>Adds the partitions' findings up, table by table.</summary>
internal static class FindingReports
{
    private static readonly (Finding Finding, string Name, string Meaning)[] Problems =
    [
        (Finding.Lost, "lost", "The cursor is past the record and there is neither a row nor a quarantined row."),
        (Finding.Doubled, "doubled", "More than one row, or a row and a quarantined row."),
        (Finding.Wrong, "wrong", "A row where the rules of that offset do not put one, or beyond the cursor."),
    ];

    private static readonly (Finding Finding, string Name, string Meaning)[] Open =
    [
        (Finding.Expired, "expired", "The topic does not have these records any more (retention); only doubled rows were looked for. Examples are where ranges begin."),
        (Finding.RuleUnknown, "ruleUnknown", "What was found disagrees with the rules of now, and which rules were in force then is not known. Name the state directory with --state."),
        (Finding.RecordGone, "recordGone", "There is a row, but the topic has no record at this offset: compacted away, or never committed."),
    ];

    public static IEnumerable<FindingReport> ProblemsOf(string table, IReadOnlyList<(CursorKey Key, Tally Tally)> tallies) => Of(Problems, table, tallies);

    public static IEnumerable<FindingReport> UndecidedOf(string table, IReadOnlyList<(CursorKey Key, Tally Tally)> tallies) => Of(Open, table, tallies);

    private static IEnumerable<FindingReport> Of((Finding Finding, string Name, string Meaning)[] kinds, string table, IReadOnlyList<(CursorKey Key, Tally Tally)> tallies) =>
        from kind in kinds
        let count = tallies.Sum(entry => entry.Tally[kind.Finding])
        where count > 0
        select new FindingReport
        {
            Finding = kind.Name,
            Table = table,
            Count = count,
            Meaning = kind.Meaning,
            Examples = [.. tallies.SelectMany(entry => entry.Tally.Examples(kind.Finding).Select(offset => new RecordReference(entry.Key.Partition.Topic, entry.Key.Partition.Partition, offset))).Take(Tally.MaxExamples)],
        };
}
