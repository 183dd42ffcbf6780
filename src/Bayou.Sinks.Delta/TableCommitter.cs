using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>
/// The commit fence over one table's log: rows, cursors and definition go into one commit, which is made only if the log holds what the commit
/// expects. A race for a log version that is lost is read up and, if that still holds, repeated behind the winner.
/// </summary>
internal sealed class TableCommitter(ITableStorage storage, SinkContext context, DeltaSinkOptions options)
{
    private const int MostRaces = 100;

    private readonly TableLog _log = new(storage, withFiles: false);
    private readonly CursorNames _names = new(context.Pipeline, context.Owner);
    private readonly OwnerState _owner = new(context.Pipeline, context.Owner);
    private readonly DataFileWriter _files = new(storage, options, context.Time);
    private readonly CheckpointSchedule _checkpoints = new(storage, options, context.Time);
    private readonly Dictionary<string, UnknownCommit> _unknown = new(StringComparer.Ordinal);
    private long _seen = -1;

    /// <summary>Makes the table's folder, and checks that a table which is there can take the rows.</summary>
    public void Open()
    {
        storage.CreateRoot();
        if (Refresh() is { } snapshot) Plan(snapshot, NeedsGeneration([]));
    }

    /// <summary>What the table holds for this owner now.</summary>
    public SinkState ReadState() => _owner.Read(Refresh());

    /// <summary>Commits if the table holds what is expected; without a <paramref name="commit"/>, the batch's rows are appended as they are.</summary>
    public CommitResult Commit(SinkBatch batch, SinkCommit? commit, CancellationToken cancellationToken)
    {
        var snapshot = Refresh();
        if (_unknown.TryGetValue(batch.Id, out var earlier) && _log.FindBatch(_names.Batch(batch.Id), earlier.Version) is { } landed)
        {
            _unknown.Remove(batch.Id);
            return Committed(landed, earlier.Files[^1]);
        }

        if (commit is not null && !_owner.IsAsExpected(snapshot, commit)) return Fenced(snapshot);
        var files = new DataFiles();
        var isDecided = true;
        try
        {
            var plan = Plan(snapshot, NeedsGeneration(batch.Rows));
            if (IsNothing(batch, commit, snapshot)) return Committed(snapshot?.Version ?? -1, files);
            _files.Write(batch.Rows, plan.Layout, FileStatistics.ColumnsOf(snapshot?.Metadata), files, cancellationToken);
            for (var race = 0; race < MostRaces; race++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var version = _log.NextVersion;
                var content = Content(batch, commit, plan, files);
                isDecided = false;
                if (TryCommit(batch.Id, content, files))
                {
                    Forget(batch.Id);
                    _checkpoints.AfterCommit(_log.Snapshot!);
                    return Committed(version, files);
                }

                // The version is another's, so nothing names this attempt's files, whatever fails from here on.
                isDecided = true;
                snapshot = Refresh();
                // An earlier attempt of this very batch, given up as unknown, may be the one that won.
                if (_log.FindBatch(_names.Batch(batch.Id), version - 1) is { } late)
                {
                    files.TryDelete(storage);
                    return Committed(late, _unknown.Remove(batch.Id, out var won) ? won.Files[^1] : files);
                }

                if (commit is not null && !_owner.IsAsExpected(snapshot, commit))
                {
                    files.TryDelete(storage);
                    return Fenced(snapshot);
                }

                plan = Plan(snapshot, plan.HasGeneration);
            }
        }
        catch when (isDecided)
        {
            files.TryDelete(storage);
            throw;
        }

        files.TryDelete(storage);
        throw new SinkException(SinkErrorKind.Transient,
            $"Committing batch {batch.Id} to {storage.Location}: {MostRaces} times another writer committed first. Nothing was committed; the batch is tried again.");
    }

    private TableSnapshot? Refresh()
    {
        if (_log.Snapshot is { } known) _seen = known.Version;
        var snapshot = _log.Refresh();
        // A disk that is not mounted any more must not be taken for a table that was never written to.
        if (snapshot is null && _seen >= 0)
            throw new SinkException(SinkErrorKind.Transient,
                $"Delta table {storage.Location} is gone: its version {_seen} was read before, and now its log is empty. Nothing is written until the table is back; if it was removed on purpose, restart the pipeline.");
        return snapshot;
    }

    private bool TryCommit(string batchId, ReadOnlyMemory<byte> content, DataFiles files)
    {
        var version = _log.NextVersion - 1;
        try
        {
            return _log.TryCommit(content);
        }
        catch
        {
            if (!_unknown.TryGetValue(batchId, out var unknown)) _unknown.Add(batchId, unknown = new UnknownCommit(version, []));
            unknown.Files.Add(files);
            throw;
        }
    }

    // The batch is in the log now, so an attempt of unknown outcome cannot land any more: its version is taken.
    private void Forget(string batchId)
    {
        if (!_unknown.Remove(batchId, out var earlier)) return;
        foreach (var files in earlier.Files) files.TryDelete(storage);
    }

    private ReadOnlyMemory<byte> Content(SinkBatch batch, SinkCommit? commit, CommitPlan plan, DataFiles files)
    {
        var now = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var isNew = _log.Snapshot is null;
        var info = new CommitInfo
        {
            Timestamp = now,
            Operation = isNew && files.Adds.Count == 0 ? "CREATE TABLE" : "WRITE",
            BatchId = _names.Batch(batch.Id),
            Rows = files.Rows,
            Files = files.Adds.Count,
            Bytes = files.Bytes,
        };
        // Based on the latest metaData each time, so that what others changed stays.
        var metadata = plan.Metadata;
        if (commit is not null) metadata = WithProperties(metadata, _owner.Properties(metadata.Configuration, commit));
        var isChanged = isNew || !ReferenceEquals(metadata, _log.Snapshot!.Metadata);
        if (isNew) metadata = metadata with { CreatedTime = now };
        return CommitWriter.Write(
            info, isNew ? ProtocolAction.Basic : null, isChanged ? metadata : null, commit is null ? [] : _owner.Moves(commit, now), files.Adds);
    }

    private static MetadataAction WithProperties(MetadataAction metadata, IReadOnlyDictionary<string, string> properties) =>
        ReferenceEquals(properties, metadata.Configuration) ? metadata : metadata with { Configuration = properties };

    private CommitPlan Plan(TableSnapshot? snapshot, bool needsGeneration) =>
        CommitPlan.Create(snapshot, context.Table, options, needsGeneration, storage.Location);

    private bool NeedsGeneration(IReadOnlyList<RowBlockRange> rows) => context.Table.Metadata && rows.Any(range => range.Generation > 1);

    private bool IsNothing(SinkBatch batch, SinkCommit? commit, TableSnapshot? snapshot)
    {
        if (batch.Rows.Any(range => range.Rows > 0)) return false;
        if (commit is null) return true;
        return snapshot is not null
            && ReferenceEquals(_owner.Properties(snapshot.Metadata.Configuration, commit), snapshot.Metadata.Configuration)
            && commit.Cursors.All(move => move.From == move.Next);
    }

    private static CommitResult Committed(long version, DataFiles files) =>
        new() { Committed = true, SinkVersion = version, BytesWritten = files.Bytes, FilesWritten = files.Adds.Count };

    private CommitResult Fenced(TableSnapshot? snapshot) =>
        new() { Committed = false, Found = _owner.Read(snapshot), SinkVersion = snapshot?.Version ?? -1 };
}
