namespace Bayou.Sinks.Delta;

/// <summary>The actions of one commit, as far as this sink knows them.</summary>
internal sealed class LogCommit
{
    public ProtocolAction? Protocol { get; set; }

    public MetadataAction? Metadata { get; set; }

    public List<TxnAction> Txns { get; } = [];

    public List<AddAction> Adds { get; } = [];

    public List<RemoveAction> Removes { get; } = [];

    /// <summary>The id of the batch that this sink committed here, or null when somebody else committed.</summary>
    public string? BatchId { get; set; }
}
