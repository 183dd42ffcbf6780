using Bayou.Grains.Tables;
using Bayou.Sources;

namespace Bayou.Grains.Partitions;

/// <summary>
/// What one activation of a partition knows of its tables: the partition's half of the protocol, without clock or I/O. Times are since the
/// activation began.
/// </summary>
internal sealed class PartitionFeeds
{
    /// <summary>How long a table may be full, while others have room, before it falls behind.</summary>
    public static readonly TimeSpan FullLimit = TimeSpan.FromSeconds(2);

    /// <summary>A table that starts further below the others than this many offsets starts behind.</summary>
    public const long StartGapLimit = 50_000;

    private static readonly TimeSpan FirstBehind = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBehind = TimeSpan.FromMinutes(10);

    private readonly TableFeed[] _feeds;

    private PartitionFeeds(TableFeed[] feeds, long position) => (_feeds, Position) = (feeds, position);

    /// <summary>Every offset below was routed and accepted by each live table.</summary>
    public long Position { get; private set; }

    public IReadOnlyList<TableFeed> All => _feeds;

    /// <summary>Where to begin, from what the tables' sinks hold and what the source is known not to have.</summary>
    /// <param name="tables">The tables' names.</param>
    /// <param name="cursors">What each table's sink holds; null where that is not known yet. At least one is known.</param>
    /// <param name="hints">The hint for each table, or null.</param>
    public static PartitionFeeds Start(IReadOnlyList<string> tables, IReadOnlyList<long?> cursors, IReadOnlyList<RowHint?> hints)
    {
        var resume = tables.Select((_, i) => cursors[i] is { } cursor ? hints[i]?.Resume(cursor) ?? cursor : -1).ToArray();
        var highest = resume.Max();
        var position = resume.Where(offset => offset >= 0 && offset >= highest - StartGapLimit).Min();
        var feeds = tables.Select((table, i) => cursors[i] is { } cursor
            ? new TableFeed(table)
            {
                IsLive = resume[i] >= position,
                Accepted = cursor,
                Durable = cursor,
                Delivered = cursor,
                HintFrom = cursor,
                HintNext = resume[i],
                Reason = resume[i] >= position ? null : "starts far below the other tables",
                Episode = 1,
            }
            : new TableFeed(table) { Delivered = -1, HintFrom = 1, HintNext = 0, Reason = "is not open yet", Episode = 1 });
        return new PartitionFeeds([.. feeds], position);
    }

    /// <summary>The hints to keep: the ones before, and what this activation has learnt. A table that it knows nothing of keeps its old one.</summary>
    public Dictionary<string, RowHint> Hints(IReadOnlyDictionary<string, RowHint> before)
    {
        var hints = new Dictionary<string, RowHint>(before);
        foreach (var feed in _feeds)
            if (feed.HintFrom <= feed.HintNext) hints[feed.Table] = new RowHint { From = feed.HintFrom, Next = feed.HintNext };
        return hints;
    }

    /// <summary>A slice that ends at <paramref name="next"/> was made for the table, whatever became of it.</summary>
    public void SliceMade(int table, long next) => _feeds[table].HintFrom = Math.Max(_feeds[table].HintFrom, next);

    /// <summary>Takes in a table's answer to the slice that ends at <paramref name="next"/>. True when the table needs it no more from here.</summary>
    public bool Answered(int table, long next, AcceptReply reply, TimeSpan now)
    {
        var feed = _feeds[table];
        if (!feed.IsLive) return true;
        if (reply.Durable >= 0) feed.Durable = reply.Durable;
        switch (reply.Answer)
        {
            case AcceptAnswer.Accepted:
                feed.Accepted = Math.Max(feed.Accepted, next);
                feed.FullSince = null;
                return true;
            case AcceptAnswer.Gap:
                FallBehind(feed, "has lost what it had accepted");
                return true;
            case AcceptAnswer.Closed:
                FallBehind(feed, "is paused or stopped");
                return true;
            default:
                return SlowFor(table, now);
        }
    }

    /// <summary>The table gave no answer, or none that counts as one. True when it has fallen behind by that.</summary>
    public bool SlowFor(int table, TimeSpan now)
    {
        var feed = _feeds[table];
        feed.FullSince ??= now;
        if (now - feed.FullSince < FullLimit || !_feeds.Any(other => other != feed && other.IsLive && other.FullSince is null)) return false;

        FallBehind(feed, "is slower than the other tables");
        var wait = feed.TimesBehind == 0 ? TimeSpan.Zero : FirstBehind * Math.Pow(2, Math.Min(feed.TimesBehind - 1, 10));
        feed.BehindUntil = now + (wait < LongestBehind ? wait : LongestBehind);
        feed.TimesBehind++;
        return true;
    }

    /// <summary>Everything up to <paramref name="next"/> was routed, and each live table has accepted its part.</summary>
    public void BatchDone(long next)
    {
        Position = next;
        foreach (var feed in _feeds)
            if (feed.IsLive) feed.HintNext = next;
    }

    /// <summary>
    /// A table was asked what it has accepted. One that has less than this partition was told, when the question was put, has died in between.
    /// </summary>
    public void Asked(int table, long acceptedWhenAsked, AcceptReply reply)
    {
        var feed = _feeds[table];
        if (reply.Durable >= 0) feed.Durable = reply.Durable;
        if (!feed.IsLive) return;
        if (reply.Answer == AcceptAnswer.Closed) FallBehind(feed, "is paused or stopped");
        else if (reply.Accepted >= 0 && reply.Accepted < acceptedWhenAsked) FallBehind(feed, "has lost what it had accepted");
    }

    /// <summary>True when the table may be live again: it is behind, in this episode, and has been so for as long as it must.</summary>
    public bool MayReturn(int table, int episode, TimeSpan now) =>
        !_feeds[table].IsLive && _feeds[table].Episode == episode && now >= _feeds[table].BehindUntil;

    /// <summary>The table has accepted everything below the position, where the partition holds with no batch under way: it is live again.</summary>
    public void Return(int table)
    {
        var feed = _feeds[table];
        (feed.IsLive, feed.Reason, feed.FullSince) = (true, null, null);
        (feed.Accepted, feed.HintFrom, feed.HintNext) = (Position, Position, Position);
    }

    /// <summary>
    /// Which tables are behind and why, with an alarm when the source is about to delete what one of them still needs: when less than a tenth of its log lies
    /// below the table's cursor. Null when none is behind.
    /// </summary>
    public string? DescribeBehind(Watermarks? watermarks)
    {
        var behind = _feeds.Where(feed => !feed.IsLive).ToList();
        if (behind.Count == 0) return null;
        var text = $"Behind here: {string.Join("; ", behind.Select(feed => $"{feed.Table} {feed.Reason}"))}.";
        if (watermarks is not { Low: > 0 } bounds) return text;
        var near = behind.Where(feed => feed.Delivered >= 0 && feed.Delivered - bounds.Low < (bounds.High - bounds.Low) / 10).Select(feed => feed.Table).ToList();
        return near.Count == 0 ? text : $"{text} ALARM: the source's retention is about to pass the cursor of {string.Join(", ", near)}; what it deletes first is lost to them.";
    }

    private static void FallBehind(TableFeed feed, string reason)
    {
        (feed.IsLive, feed.FullSince, feed.Reason, feed.Delivered) = (false, null, reason, feed.Durable);
        feed.Episode++;
    }
}
