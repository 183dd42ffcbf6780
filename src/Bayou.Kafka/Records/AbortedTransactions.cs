namespace Bayou.Kafka.Records;

/// <summary>
/// Follows a fetched record set and knows whose records do not count: those of a producer from the first offset of its aborted transaction up to the marker
/// that ends it.
/// </summary>
internal sealed class AbortedTransactions
{
    private readonly AbortedTransaction[] _inOrder;
    private readonly HashSet<long> _producers = [];
    private int _begun;

    /// <summary>The transactions of one fetch response, in any order.</summary>
    public AbortedTransactions(IReadOnlyList<AbortedTransaction> transactions)
    {
        _inOrder = [.. transactions];
        Array.Sort(_inOrder, static (a, b) => a.FirstOffset.CompareTo(b.FirstOffset));
    }

    /// <summary>Whether a batch of records does not count. Call it for every batch without control records, in order.</summary>
    public bool Holds(in RecordBatchHeader batch)
    {
        BeginUpTo(batch.LastOffset);
        return batch.IsTransactional && _producers.Contains(batch.ProducerId);
    }

    /// <summary>A producer's abort marker was met: its next transaction counts unless it is listed, too.</summary>
    public void EndAt(in RecordBatchHeader marker)
    {
        BeginUpTo(marker.LastOffset);
        _producers.Remove(marker.ProducerId);
    }

    private void BeginUpTo(long offset)
    {
        for (; _begun < _inOrder.Length && _inOrder[_begun].FirstOffset <= offset; _begun++) _producers.Add(_inOrder[_begun].ProducerId);
    }
}
