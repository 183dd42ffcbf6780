namespace Bayou.Sinks.Delta;

/// <summary>
/// Merges small files into larger ones. Rows stay the same (<c>dataChange</c> is false), and so do cursors and definition. A merge whose files another writer
/// removed, or whose table it changed, is given up: writers of rows never wait for it, and are followed when they commit first.
/// </summary>
/// <param name="storage">The table.</param>
/// <param name="options">The sink's options.</param>
/// <param name="time">The clock.</param>
/// <param name="merged">Told of each merge that was made or given up.</param>
internal sealed class TableCompactor(ITableStorage storage, DeltaSinkOptions options, TimeProvider time, Action<CompactionResult>? merged = null)
{
    private const int MostRaces = 10;
    private const int MostMerges = 16;

    /// <summary>Merges wherever files with the same partition values, each below half the target size, number <paramref name="least"/> or more.</summary>
    /// <param name="least">Fewer small files than this stay as they are; at least 2.</param>
    /// <param name="cancellationToken">Ends the run between two row groups; what was merged by then stays merged.</param>
    public CompactionResult Run(int least, CancellationToken cancellationToken)
    {
        var result = new CompactionResult(0, 0, 0);
        var log = new TableLog(storage, withFiles: true);
        if (log.Refresh() is not { } snapshot || FileMerger.Create(storage, options, snapshot) is not { } merger) return result;
        foreach (var group in Choose(snapshot.Files!.Active, least))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var merge = TryMerge(log, merger, group, cancellationToken) ? new CompactionResult(1, group.Count, 0) : new CompactionResult(0, 0, 1);
            merged?.Invoke(merge);
            result = new CompactionResult(result.Commits + merge.Commits, result.FilesRemoved + merge.FilesRemoved, result.GaveUp + merge.GaveUp);
        }

        return result;
    }

    private List<List<AddAction>> Choose(IEnumerable<AddAction> files, int least)
    {
        var groups = files.Where(file => file.Size < options.TargetFileBytes / 2 && !file.HasDeletionVector)
            .GroupBy(file => string.Concat(file.PartitionValues.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Value is { } value ? $"{value.Length}:{value}" : "-")))
            .Where(group => group.Count() >= least)
            .OrderByDescending(group => group.Count());
        List<List<AddAction>> chosen = [];
        foreach (var group in groups.Take(MostMerges))
        {
            long bytes = 0;
            List<AddAction> part = [.. group.OrderBy(file => file.ModificationTime).ThenBy(file => file.Path, StringComparer.Ordinal).TakeWhile(file => (bytes += file.Size) <= options.TargetFileBytes)];
            if (part.Count > 1) chosen.Add(part);
        }

        return chosen;
    }

    private bool TryMerge(TableLog log, FileMerger merger, List<AddAction> inputs, CancellationToken cancellationToken)
    {
        var files = new DataFiles();
        var isDecided = true;
        try
        {
            merger.Merge(inputs, files, time.GetUtcNow(), cancellationToken);
            for (var race = 0; race < MostRaces; race++)
            {
                // Commits of others were read up meanwhile: they may have removed a file, or changed what a merged one must look like.
                var snapshot = log.Snapshot!;
                if (!merger.Fits(snapshot) || !inputs.TrueForAll(snapshot.Files!.Holds)) break;
                isDecided = false;
                var committed = log.TryCommit(Content(inputs, files));
                isDecided = true;
                if (committed) return true;
                log.Refresh();
            }
        }
        catch when (isDecided)
        {
            files.TryDelete(storage);
            throw;
        }

        files.TryDelete(storage);
        return false;
    }

    private ReadOnlyMemory<byte> Content(List<AddAction> inputs, DataFiles files)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var info = new CommitInfo
        {
            Timestamp = now,
            Operation = CommitInfo.Optimize,
            BatchId = $"compaction/{Guid.NewGuid():N}",
            Rows = files.Rows,
            Files = files.Adds.Count,
            RemovedFiles = inputs.Count,
            Bytes = files.Bytes,
        };
        return CommitWriter.Write(info, null, null, [], files.Adds, [.. inputs.Select(input => new RemoveAction
        {
            Path = input.Path,
            DeletionTimestamp = now,
            DataChange = false,
            ExtendedFileMetadata = true,
            PartitionValues = input.PartitionValues,
            Size = input.Size,
        })]);
    }
}
