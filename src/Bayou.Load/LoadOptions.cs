namespace Bayou.Load;

/// <summary>What events a generator makes.</summary>
public sealed record LoadOptions
{
    /// <summary>Largest <see cref="Types"/>.</summary>
    public const int MaxTypes = 1000;

    /// <summary>Largest <see cref="SizeBytes"/>, 1,000,000: what brokers take without being told otherwise, less some room.</summary>
    public const int MaxSizeBytes = 1_000_000;

    /// <summary>Chooses one of the possible streams. Equal options make equal events, on any machine. 1 unless said otherwise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Number of event types, 1 to 1000. 10 unless said otherwise; types beyond ten are numbered variants of the first ten.</summary>
    public int Types { get; init; } = 10;

    /// <summary>Bytes that a good event's value is filled up to with a <c>note</c> field, 0 to 1,000,000. 0, unless said otherwise, leaves it out: about 210 bytes. Smaller than an event is without it changes nothing.</summary>
    public int SizeBytes { get; init; }

    /// <summary>Share of the first type, 0 to 1; the others share the rest evenly. 0, unless said otherwise, means that all types are as frequent.</summary>
    public double Skew { get; init; }

    /// <summary>Share of records that cannot become rows, 0 to 1, every <see cref="BadKind"/> as often. 0 unless said otherwise.</summary>
    public double BadShare { get; init; }

    /// <summary>Number of users, at least 1; the user is the record's key. 100,000 unless said otherwise. Few users make few keys and uneven partitions.</summary>
    public int Users { get; init; } = 100_000;

    /// <summary>Events a millisecond of event time, at least 1. 20 unless said otherwise.</summary>
    public int EventsPerMillisecond { get; init; } = 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Types, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Types, MaxTypes);
        ArgumentOutOfRangeException.ThrowIfNegative(SizeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SizeBytes, MaxSizeBytes);
        ThrowIfNoShare(Skew, nameof(Skew));
        ThrowIfNoShare(BadShare, nameof(BadShare));
        ArgumentOutOfRangeException.ThrowIfLessThan(Users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EventsPerMillisecond, 1);
    }

    private static void ThrowIfNoShare(double share, string name)
    {
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, share, "A share is a number from 0 to 1.");
    }
}
