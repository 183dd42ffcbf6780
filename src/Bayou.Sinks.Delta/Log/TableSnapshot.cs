namespace Bayou.Sinks.Delta;

/// <summary>
/// A table as of one version of its log. The files are kept only where they are wanted: appending does not need them, and a table that is
/// committed to every second has many.
/// </summary>
internal sealed class TableSnapshot(bool withFiles)
{
    private readonly Dictionary<string, TxnAction> _txns = new(StringComparer.Ordinal);
    private ProtocolAction? _protocol;
    private MetadataAction? _metadata;

    /// <summary>The version, from 0; -1 when nothing was applied yet.</summary>
    public long Version { get; private set; } = -1;

    public ProtocolAction Protocol => _protocol!;

    public MetadataAction Metadata => _metadata!;

    /// <summary>The last transaction of each application.</summary>
    public IReadOnlyDictionary<string, TxnAction> Txns => _txns;

    /// <summary>The files, or null when they were not asked for.</summary>
    public FileSet? Files { get; } = withFiles ? new FileSet() : null;

    /// <summary>False while an action that every table has was not seen.</summary>
    public bool IsComplete => _protocol is not null && _metadata is not null;

    /// <summary>Applies a commit, or what a checkpoint holds, as <paramref name="version"/>.</summary>
    public void Apply(long version, LogCommit commit)
    {
        _protocol = commit.Protocol ?? _protocol;
        _metadata = commit.Metadata ?? _metadata;
        foreach (var txn in commit.Txns) _txns[txn.AppId] = txn;
        Files?.Apply(commit);
        Version = version;
    }
}
