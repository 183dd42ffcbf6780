namespace Bayou.Load;

/// <summary>How a field's values look.</summary>
internal enum ValueShape
{
    /// <summary>A whole number below 2^36.</summary>
    Id,

    /// <summary>A whole number from 1 to 9.</summary>
    Digit,

    /// <summary>A whole number below 4096.</summary>
    Count,

    /// <summary>A number with two digits after the point, below 10,000.</summary>
    Money,

    /// <summary>A number with four digits after the point, below 1.</summary>
    Ratio,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>One of a few words and five digits.</summary>
    WordAndNumber,
}
