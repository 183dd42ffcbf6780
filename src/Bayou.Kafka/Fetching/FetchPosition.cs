namespace Bayou.Kafka.Fetching;

/// <summary>Where fetching for a reader goes on. What was asked for at another position than the present one is of no use when it comes.</summary>
/// <param name="Offset">The offset to ask for.</param>
/// <param name="Epoch">Leader epoch of the batch before it; -1 when that is not known.</param>
/// <param name="EpochStart">No batch of that epoch was fetched below this offset.</param>
/// <param name="Turn">Counts how often the reader went back.</param>
internal readonly record struct FetchPosition(long Offset, int Epoch, long EpochStart, int Turn)
{
    /// <summary>Where a reader begins. Of the epoch, when it is known, no more is known than that the record before is of it.</summary>
    public static FetchPosition At(long offset, int epoch = -1) => new(offset, epoch, epoch < 0 ? offset : Math.Max(0, offset - 1), 0);

    /// <summary>The position behind batches that were fetched from here, the last of which has <paramref name="epoch"/>.</summary>
    public FetchPosition Then(long next, int epoch) =>
        epoch < 0 || epoch == Epoch ? this with { Offset = next } : new FetchPosition(next, epoch, Offset, Turn);

    /// <summary>A position to which the reader goes back; nothing is known of the epoch there.</summary>
    public FetchPosition BackTo(long offset) => new(offset, -1, offset, Turn + 1);
}
