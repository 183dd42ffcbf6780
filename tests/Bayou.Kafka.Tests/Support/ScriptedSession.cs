namespace Bayou.Kafka.Tests.Support;

/// <summary>A fetch session as a broker keeps it.</summary>
internal sealed class ScriptedSession(int id, bool hasTopicIds)
{
    private readonly List<Entry> _entries = [];

    /// <summary>A partition, and what was last told of it.</summary>
    public sealed class Entry(ScriptedFetch.Wanted wanted)
    {
        public ScriptedFetch.Wanted Wanted { get; set; } = wanted;

        public long HighWatermark { get; set; } = -1;

        public long LogStart { get; set; } = -1;
    }

    public int Id => id;

    public bool HasTopicIds => hasTopicIds;

    /// <summary>The epoch of the next request.</summary>
    public int NextEpoch { get; set; } = 1;

    /// <summary>In the order in which they are served.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    public void Apply(ScriptedFetch request)
    {
        foreach (var wanted in request.Partitions)
        {
            if (_entries.Find(entry => entry.Wanted.Key == wanted.Key) is { } known) known.Wanted = wanted;
            else _entries.Add(new Entry(wanted));
        }

        // After the others, as brokers do: what a request both wants and forgets is forgotten.
        _entries.RemoveAll(entry => request.Forgotten.Contains(entry.Wanted.Key));
    }

    /// <summary>Serves a partition last from now on, so that all get their turn.</summary>
    public void MoveToEnd(Entry entry)
    {
        if (_entries.Remove(entry)) _entries.Add(entry);
    }
}
