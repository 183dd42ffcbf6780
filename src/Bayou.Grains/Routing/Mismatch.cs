namespace Bayou.Grains.Routing;

/// <summary>Why a value does not fit a column.</summary>
internal enum Mismatch
{
    /// <summary>It fits.</summary>
    None,

    /// <summary>It is another kind of JSON value.</summary>
    Kind,

    /// <summary>It is too large or too small.</summary>
    Range,

    /// <summary>It has more digits after the point than the column keeps.</summary>
    Inexact,

    /// <summary>Its text is not written as the column's type asks for.</summary>
    Format,

    /// <summary>Its escapes do not form Unicode text.</summary>
    Unicode,
}
