namespace Bayou.Load;

/// <summary>What is wrong with a record.</summary>
public enum BadKind
{
    /// <summary>Nothing: it is a good event.</summary>
    None = 0,

    /// <summary>The JSON text ends in its middle.</summary>
    TruncatedJson = 1,

    /// <summary><c>user_id</c> is text that is no number.</summary>
    WrongType = 2,

    /// <summary><c>user_id</c>, which the demo pipeline requires, is missing.</summary>
    MissingRequired = 3,

    /// <summary>No table takes its <c>event_type</c>.</summary>
    UnknownType = 4,

    /// <summary><c>event_id</c> holds bytes that are not UTF-8.</summary>
    InvalidUtf8 = 5,
}
