namespace Bayou.Sinks.TestKit;

/// <summary>Where a write or a commit goes wrong.</summary>
public enum SinkFault
{
    /// <summary>Before anything reached the destination.</summary>
    BeforeData,

    /// <summary>When part of it did: some rows, or all of them but not what makes them count.</summary>
    PartWay,

    /// <summary>When all of it is durable, and only the answer is lost.</summary>
    AfterData,
}
