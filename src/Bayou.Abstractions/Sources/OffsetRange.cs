namespace Bayou.Sources;

/// <summary>Offsets <c>[First, Next)</c> of one partition. The only place where 1 is added to an offset.</summary>
[GenerateSerializer, Immutable, Alias("bayou.OffsetRange")]
public readonly record struct OffsetRange
{
    /// <summary>The range <c>[first, next)</c>.</summary>
    public OffsetRange(long first, long next) => (First, Next) = (first, next);

    /// <summary>First offset in the range.</summary>
    [Id(0)] public long First { get; init; }

    /// <summary>Where the next range begins.</summary>
    [Id(1)] public long Next { get; init; }

    /// <summary>Number of offsets in the range; not every one needs to have a record.</summary>
    public long Count => Math.Max(0, Next - First);

    /// <summary>True when the range holds no offset.</summary>
    public bool IsEmpty => Next <= First;

    /// <summary>Where reading resumes after the record at <paramref name="offset"/>.</summary>
    public static long NextAfter(long offset) => offset + 1;

    /// <summary><c>[First, Next)</c>.</summary>
    public override string ToString() => $"[{First}, {Next})";
}
