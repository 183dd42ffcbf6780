namespace Bayou.Grains.Routing;

/// <summary>How far <see cref="RowShredder.Shred"/> came and what it met on the way.</summary>
public readonly record struct ShredResult
{
    /// <summary>Where the slices end: everything below is in them, and the next call begins here.</summary>
    public long Next { get; init; }

    /// <summary>True when it ended before the end of the range because a slice was full.</summary>
    public bool Cut { get; init; }

    /// <summary>Records below <see cref="Next"/>, whether or not a wanted target takes them.</summary>
    public int Records { get; init; }

    /// <summary>Records among them that the route drops on purpose.</summary>
    public int Filtered { get; init; }
}
