using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Verification.Ledger;
using Bayou.Verification.Reading;

namespace Bayou.Verification.Reports;

/// <summary>Collects the partitions' ledgers and adds them up. Safe for concurrent use.</summary>
internal sealed class ReportBuilder(OpenedPipeline pipeline)
{
    private readonly Lock _gate = new();
    private readonly List<(CursorKey Key, PartitionReport Report, IReadOnlyList<Tally> Tallies)> _partitions = [];
    private readonly List<FindingReport> _undecided = [];
    private readonly List<AcceptedLoss> _losses = [];

    public void Add(CursorKey key, Watermarks? bounds, PartitionLedger ledger, IReadOnlyList<Tally> tallies, IReadOnlyList<OffsetRange> lost)
    {
        var report = new PartitionReport
        {
            Topic = key.Partition.Topic,
            Partition = key.Partition.Partition,
            Generation = key.Generation,
            LowWatermark = bounds?.Low,
            HighWatermark = bounds?.High,
            Records = ledger.Records,
            Filtered = ledger.Filtered,
            Counts = LedgerCounts.Sum(tallies.Select(LedgerCounts.Of)),
        };
        lock (_gate)
        {
            _partitions.Add((key, report, tallies));
            _losses.AddRange(lost.Select(range => new AcceptedLoss(key.Partition.Topic, key.Partition.Partition, range.First, range.Next)));
        }
    }

    public void AddOtherSource(string topic, SourceIdentity known, SourceIdentity now) => _undecided.Add(new FindingReport
    {
        Finding = "otherSource",
        Meaning = $"Topic {topic} is another one than was read (cluster {known.ClusterId ?? "unknown"} topic id {known.TopicId ?? "unknown"} then, cluster {now.ClusterId ?? "unknown"} topic id {now.TopicId ?? "unknown"} now), so its records were not compared.",
    });

    public void AddGuessedStarts(IReadOnlyCollection<TopicPartition> partitions)
    {
        if (partitions.Count == 0) return;
        _undecided.Add(new FindingReport
        {
            Finding = "startUnknown",
            Meaning = $"The pipeline began at the topic's latest offsets, and where those were is not known for {partitions.Count} partitions: they are checked from the lowest offset found on. Name the state directory with --state.",
        });
    }

    public VerificationReport Build()
    {
        var partitions = _partitions.OrderBy(entry => entry.Key.Partition.Topic, StringComparer.Ordinal).ThenBy(entry => entry.Key.Generation).ThenBy(entry => entry.Key.Partition.Partition).ToList();
        var perTable = pipeline.Tables.Select((_, index) => partitions.Select(entry => (entry.Key, Tally: entry.Tallies[index])).ToList()).ToList();
        var unreadable = pipeline.Tables.Where(table => table.Unreadable is not null).Select(table =>
            new FindingReport { Finding = "unreadable", Table = table.Name, Count = table.UncheckedRows, Meaning = table.Unreadable! });
        return new VerificationReport
        {
            Pipeline = pipeline.File.Name,
            Version = pipeline.Stored?.Version ?? pipeline.Tables.Max(table => table.State.Definition?.Version ?? 1),
            Records = partitions.Sum(entry => entry.Report.Records),
            Filtered = partitions.Sum(entry => entry.Report.Filtered),
            Tables = [.. pipeline.Tables.Select((table, index) => Report(table, perTable[index]))],
            Partitions = [.. partitions.Select(entry => entry.Report)],
            Problems = [.. pipeline.Tables.SelectMany((table, index) => FindingReports.ProblemsOf(table.Name, perTable[index]))],
            Undecided = [.. unreadable, .. _undecided, .. pipeline.Tables.SelectMany((table, index) => FindingReports.UndecidedOf(table.Name, perTable[index]))],
            AcceptedLosses = [.. _losses.OrderBy(loss => loss.Topic, StringComparer.Ordinal).ThenBy(loss => loss.Partition).ThenBy(loss => loss.First)],
            Notes = [.. Notes()],
        };
    }

    private static TableReport Report(OpenedTable table, IReadOnlyList<(CursorKey Key, Tally Tally)> tallies)
    {
        var counts = LedgerCounts.Sum(tallies.Select(entry => LedgerCounts.Of(entry.Tally)));
        return new TableReport
        {
            Name = table.Name,
            Destination = SinkDestination.Describe(table.Lineage.Table.Sink),
            SinkVersion = table.Snapshot?.Version,
            Checked = table.Unreadable is null,
            Counts = counts with { Rows = counts.Rows + table.UncheckedRows },
            Partitions =
            [
                .. tallies.Select(entry => new CursorReport(
                    entry.Key.Partition.Topic, entry.Key.Partition.Partition, entry.Key.Generation,
                    table.State.Cursors.TryGetValue(entry.Key, out var next) ? next : null, LedgerCounts.Of(entry.Tally))),
            ],
        };
    }

    private IEnumerable<string> Notes()
    {
        if (pipeline.Stored is not { } stored) yield break;
        if (stored.TakingOverTo != 0) yield return $"version {stored.TakingOverTo} of the definition is being taken over; version {stored.Version} is in force until that is done";
        else if (DefinitionFingerprint.Compute(stored.Definitions[stored.Version]) != DefinitionFingerprint.Compute(pipeline.File))
            yield return $"the file differs from version {stored.Version} of the definition, which is in force; that version was verified";
    }
}
