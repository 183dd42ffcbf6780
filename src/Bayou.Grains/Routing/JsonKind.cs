namespace Bayou.Grains.Routing;

/// <summary>The kind of a JSON value.</summary>
internal enum JsonKind : byte
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}
