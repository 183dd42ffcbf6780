namespace Bayou.Sinks.Delta;

/// <summary>
/// The log of one table: the latest version is read from the newest checkpoint and the commits after it, and later only from commits that are
/// new. Not safe for concurrent use.
/// </summary>
internal sealed class TableLog(ITableStorage storage, bool withFiles)
{
    private string? _tag;

    /// <summary>The latest version that was read; null before the first <see cref="Refresh"/> and when there is no table.</summary>
    public TableSnapshot? Snapshot { get; private set; }

    /// <summary>The version that the next commit makes.</summary>
    public long NextVersion => (Snapshot?.Version ?? -1) + 1;

    /// <summary>Reads what was committed since.</summary>
    /// <exception cref="SinkException">The log has a gap, a commit cannot be read, or the protocol is one that cannot be read.</exception>
    public TableSnapshot? Refresh()
    {
        // A last commit that is gone or another one says that the log was cleaned beyond it, or that this is not the same table any more.
        if (Snapshot is null || _tag is null || storage.Tag(LogNames.Commit(Snapshot.Version)) != _tag) Load();
        else ReadOn(Snapshot, upTo: -1);
        if (Snapshot is not null) ProtocolSupport.CheckRead(Snapshot, storage.Location);
        return Snapshot;
    }

    /// <summary>Makes the next version of the log, if nobody else has made it. The snapshot then includes it.</summary>
    public bool TryCommit(ReadOnlyMemory<byte> content)
    {
        var version = NextVersion;
        var path = LogNames.Commit(version);
        // A network file system may repeat a request whose answer was lost, and then say that the name is taken: by this very commit.
        if (!storage.TryCreate(path, content) && !(storage.TryRead(path) is { } taken && taken.AsSpan().SequenceEqual(content.Span))) return false;
        if (IsBehind(version))
        {
            storage.Delete(path);
            return false;
        }

        var snapshot = Snapshot ?? new TableSnapshot(withFiles);
        snapshot.Apply(version, Parse(version, content));
        (Snapshot, _tag) = (snapshot, storage.Tag(path));
        return true;
    }

    /// <summary>The version after <paramref name="version"/>, up to the snapshot's, that has this batch; null when none has.</summary>
    public long? FindBatch(string batchId, long version)
    {
        for (var next = version + 1; next <= (Snapshot?.Version ?? -1); next++)
            if (storage.TryRead(LogNames.Commit(next)) is { } content && Parse(next, content).BatchId == batchId) return next;
        return null;
    }

    // A process that slept longer than the log keeps commits finds the name of its next version free again. No reader looks there any more.
    private bool IsBehind(long version) => _tag is not null && storage.Tag(LogNames.Commit(version - 1)) is null;

    private void Load()
    {
        Snapshot = null;
        if (TryLoad() is not { } gap) return;
        // A checkpoint may have been written and old commits removed between the listing and the reading.
        if (TryLoad() is null) return;
        throw new SinkException(SinkErrorKind.Fatal,
            $"Reading the log of {storage.Location}: {gap}. The table's log is incomplete, so nothing is written to it; restore the file, or use another path.");
    }

    private string? TryLoad()
    {
        _tag = null;
        var names = storage.List(LogNames.Folder);
        var checkpoint = CheckpointFiles.FindNewest(names, storage.Location);
        var commits = names.Select(LogNames.ParseCommit).Where(version => version > (checkpoint?.Version ?? -1)).Select(version => version!.Value).Order().ToArray();
        if (checkpoint is null && commits.Length == 0) return null;
        if (checkpoint is null && commits[0] != 0)
            return $"its first commit is {commits[0]}, and there is no checkpoint that holds the versions before";

        var snapshot = new TableSnapshot(withFiles);
        if (checkpoint is { } found) snapshot.Apply(found.Version, CheckpointReader.Read(storage, found, withFiles));
        if (ReadOn(snapshot, upTo: commits.Length == 0 ? -1 : commits[^1]) is { } missing)
            return $"{LogNames.Commit(missing)} is missing, though {LogNames.Commit(commits[^1])} is there";
        if (!snapshot.IsComplete) return $"no protocol and metaData action up to version {snapshot.Version}";
        Snapshot = snapshot;
        _tag ??= storage.Tag(LogNames.Commit(snapshot.Version));
        return null;
    }

    // A listing that runs while others commit may show a later file and lack an earlier one: so files are asked for by name.
    private long? ReadOn(TableSnapshot snapshot, long upTo)
    {
        while (true)
        {
            var next = snapshot.Version + 1;
            var path = LogNames.Commit(next);
            var tag = storage.Tag(path);
            if (tag is null || storage.TryRead(path) is not { } content) return next <= upTo ? next : null;
            snapshot.Apply(next, Parse(next, content));
            _tag = tag;
        }
    }

    private LogCommit Parse(long version, ReadOnlyMemory<byte> content)
    {
        try
        {
            if (content.IsEmpty) throw new FormatException("it is empty");
            return CommitReader.Read(content, withFiles);
        }
        catch (FormatException exception)
        {
            throw new SinkException(SinkErrorKind.Transient,
                $"Reading {LogNames.Commit(version)} of {storage.Location}: {exception.Message} Nothing was written; it is read again. If it stays so, the file is damaged.", exception);
        }
    }
}
