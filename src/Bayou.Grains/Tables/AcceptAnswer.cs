namespace Bayou.Grains.Tables;

/// <summary>What a table says to a slice. The numbers are wire format.</summary>
public enum AcceptAnswer
{
    /// <summary>It has the slice, or had it before: everything below the slice's end is accepted.</summary>
    Accepted = 0,

    /// <summary>It holds as much as it may; send again.</summary>
    Full = 1,

    /// <summary>The slice begins behind what was accepted; rows would be lost.</summary>
    Gap = 2,

    /// <summary>Its sink is not open yet; send again.</summary>
    NotReady = 3,

    /// <summary>Paused by an operator, or stopped by an error: it takes nothing until somebody acts.</summary>
    Closed = 4,

    /// <summary>The slice was routed under another version of the definition.</summary>
    OtherVersion = 5,
}
