namespace Bayou.Kafka.Records;

/// <summary>Guesses how much room batches need, so that buffers seldom grow and are seldom much too large. Wrong guesses cost time, nothing else.</summary>
/// <param name="maxBatchBytes">Largest batch, in bytes.</param>
internal sealed class BatchSizing(int maxBatchBytes)
{
    private const int SmallestBytes = 512;
    private const int LargestUsualBytes = 4 << 20;

    // Text compresses to about a quarter.
    private double _ratio = 4;

    /// <summary>A batch of <paramref name="compressed"/> bytes became <paramref name="decompressed"/>.</summary>
    public void Decompressed(int compressed, int decompressed) => _ratio = Math.Max(1, (double)decompressed / compressed);

    /// <summary>Bytes that a batch of <paramref name="compressed"/> bytes may become; a little more than the one before did.</summary>
    public int ExpectedBytes(int compressed) => (int)Math.Clamp(compressed * _ratio * 1.1, SmallestBytes, Math.Max(SmallestBytes, maxBatchBytes));

    /// <summary>Bytes for a buffer that is to take such a batch and those that come behind it in the set, as far as one micro-batch goes.</summary>
    public int UsualBytes(int compressed, int rest, int maxBytes) =>
        Math.Max(ExpectedBytes(compressed), (int)Math.Min(Math.Min(maxBytes, LargestUsualBytes), rest * _ratio * 1.1));

    /// <summary>Number of records that one micro-batch may have, if all batches of the set are like this one.</summary>
    /// <param name="count">Records of the batch.</param>
    /// <param name="bytes">Bytes of its records.</param>
    /// <param name="batch">Bytes that it takes in the set.</param>
    /// <param name="rest">Bytes of the set from the batch on.</param>
    /// <param name="maxRecords">Most records of a micro-batch.</param>
    /// <param name="maxBytes">Most bytes of a micro-batch.</param>
    public static int UsualRecords(int count, int bytes, int batch, int rest, int maxRecords, int maxBytes)
    {
        var ofSet = (double)count * rest / batch;
        var ofBytes = (double)count * maxBytes / Math.Max(1, bytes);
        return (int)Math.Min(maxRecords, Math.Min(ofSet, ofBytes) + 1);
    }
}
