namespace Orleans.Runtime;

/// <summary>Something to do once when the silo starts.</summary>
public interface IStartupTask
{
    /// <summary>Does it. Throwing keeps the silo from starting.</summary>
    /// <param name="cancellationToken">Cancelled when the start is given up.</param>
    Task Execute(CancellationToken cancellationToken);
}
