using Bayou.Kafka.Cluster;
using Bayou.Sources;

namespace Bayou.Kafka.Fetching;

/// <summary>
/// Tells readers that have waited for long why there is nothing. Guarded by the group's lock. A reader that was told is often closed and opened again: how long the
/// trouble has lasted is kept for the next one of the partition.
/// </summary>
internal sealed class WaitingReaders(ClusterClient cluster)
{
    private const long AgainMilliseconds = 10_000;
    private const long SlowMilliseconds = 5_000;
    private readonly Dictionary<TopicPartition, long> _troubledSince = [];

    /// <summary>How long trouble of a kind must last before a reader is told, in milliseconds.</summary>
    public static long PatienceWith(SourceErrorKind kind) => kind == SourceErrorKind.Transient ? SlowMilliseconds : 0;

    /// <summary>A reader was closed.</summary>
    public void Closed(FetchTarget target)
    {
        if (target.TroubledSince >= 0) _troubledSince[target.Ahead.Source] = target.TroubledSince;
    }

    /// <summary>A partition was fetched.</summary>
    public void Fetched(FetchTarget target)
    {
        if (_troubledSince.Count > 0) _troubledSince.Remove(target.Ahead.Source);
    }

    /// <summary>
    /// Tells those that are due. Returns true when some broker keeps a fetch for longer than it should, so that it is worth looking whether others lead its partitions by now.
    /// </summary>
    /// <param name="targets">All that are read.</param>
    /// <param name="silentSince">Since when a node owes an answer; -1 when it does not.</param>
    /// <param name="now">The time.</param>
    public bool Tell(IReadOnlyList<FetchTarget> targets, Func<int, long> silentSince, long now)
    {
        var isSomeSlow = false;
        foreach (var target in targets)
        {
            var slow = target.TroubledSince < 0 ? silentSince(target.Node) : -1;
            isSomeSlow |= slow >= 0 && now - slow >= SlowMilliseconds;
            if (target.TroubledSince >= 0) Tell(target, target.TroubledSince, target.TroubleKind, target.Trouble, now);
            else if (slow >= 0 && now - slow >= SlowMilliseconds)
                Tell(target, slow, SourceErrorKind.Transient, $"broker {cluster.AddressOf(target.Node)} does not answer.", now);
        }

        return isSomeSlow;
    }

    private void Tell(FetchTarget target, long since, SourceErrorKind kind, string why, long now)
    {
        if (now < target.NextNotice) return;
        var source = target.Ahead.Source;
        var lasting = TimeSpan.FromMilliseconds(now - Math.Min(since, _troubledSince.GetValueOrDefault(source, since)));
        // One that does not wait just now is told as soon as it does.
        if (target.Ahead.Notice(FetchFailures.Waits(source, kind, lasting, why))) target.NextNotice = now + AgainMilliseconds;
    }
}
