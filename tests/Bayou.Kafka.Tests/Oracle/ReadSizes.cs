namespace Bayou.Kafka.Tests.Oracle;

/// <summary>How much is asked for at once.</summary>
internal readonly record struct ReadSizes(int MaxRecords, int MaxBytes)
{
    /// <summary>As a pipeline asks.</summary>
    public static ReadSizes Usual { get; } = new(10_000, 1 << 20);

    /// <summary>Sizes that end in the middle of batches, at a single record, and never.</summary>
    public static ReadSizes[] Many { get; } = [Usual, new(1, 1), new(7, 300), new(1_000_000, 64 << 20)];
}
