namespace Bayou.Kafka.Fetching;

/// <summary>
/// How much may be held for readers that have not asked yet. A partition that holds its share is not asked for; when all together hold too much, only
/// those with less than a fair share are, and for little, so that a reader that does not read starves no other.
/// </summary>
/// <param name="TotalBytes">For all partitions together; one fair share for each may come on top.</param>
/// <param name="PartitionBytes">A partition that holds this is not asked for.</param>
/// <param name="FetchBytes">Most bytes to ask for of one partition.</param>
internal sealed record ReadAheadBudget(long TotalBytes, long PartitionBytes, int FetchBytes)
{
    // Less than this is not worth a request; a broker sends a whole batch anyway.
    private const long SmallestShareBytes = 64 * 1024;

    /// <summary>Bytes to ask for of a partition that holds <paramref name="held"/>, when <paramref name="partitions"/> partitions hold <paramref name="total"/> together; 0 to leave it out.</summary>
    public int Allowance(long held, long total, int partitions)
    {
        if (held >= PartitionBytes) return 0;
        if (total < TotalBytes) return FetchBytes;
        var share = Math.Max(SmallestShareBytes, TotalBytes / Math.Max(1, partitions));
        return held >= share ? 0 : (int)Math.Min(FetchBytes, share);
    }

    /// <summary>Bytes that one response may hold, when <paramref name="total"/> are held already.</summary>
    public int ResponseAllowance(long total, int maxBytes) => (int)Math.Clamp(TotalBytes - total, Math.Min(maxBytes, 1 << 20), maxBytes);
}
