namespace Bayou.Cluster.Tests.GrainHost;

[Alias("test.IStoreGrain")]
public interface IStoreGrain : IGrainWithStringKey
{
    /// <summary>Adds to the stored number and stores it; the sum.</summary>
    [Alias("Add")]
    Task<int> Add(int number);

    [Alias("Read")]
    Task<int> Read();

    /// <summary>Begins two writes without waiting for the first, changing the number between them.</summary>
    [Alias("AddTwiceAtOnce")]
    Task<int> AddTwiceAtOnce(int number);

    /// <summary>As <see cref="AddTwiceAtOnce"/>, with the second write begun while the first is under way.</summary>
    [Alias("AddDuringWrite")]
    Task<int> AddDuringWrite(int number);

    /// <summary>Clears and writes without waiting for the first.</summary>
    [Alias("ClearAndAdd")]
    Task<int> ClearAndAdd(int number);

    [Alias("Clear")]
    Task<bool> Clear();

    /// <summary>Uses the state from the thread pool.</summary>
    [Alias("WriteOffTurn")]
    Task WriteOffTurn();

    /// <summary>Lets the activation go.</summary>
    [Alias("Leave")]
    Task Leave();

    /// <summary>Which activation this is.</summary>
    [Alias("Incarnation")]
    Task<Guid> Incarnation();
}
