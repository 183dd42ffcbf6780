namespace Bayou.Grains.Routing;

/// <summary>Why a value is not a JSON object that can be read.</summary>
internal enum ScanError
{
    /// <summary>It can be read.</summary>
    None,

    /// <summary>It is null: a tombstone.</summary>
    Tombstone,

    /// <summary>It has no bytes, or white space only.</summary>
    Empty,

    /// <summary>It is too long for the rows it would become.</summary>
    TooLong,

    /// <summary>It is not UTF-8.</summary>
    Encoding,

    /// <summary>It begins as something else than an object.</summary>
    NotAnObject,

    /// <summary>It breaks JSON's grammar.</summary>
    Syntax,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>It is nested too deep.</summary>
    Depth,

    /// <summary>Something follows the object.</summary>
    Trailing,
}
