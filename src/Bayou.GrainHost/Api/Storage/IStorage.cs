namespace Orleans.Core;

/// <summary>A state of a grain, without its value.</summary>
public interface IStorage
{
    /// <summary>The stored version that the value in memory comes from; null when nothing was stored.</summary>
    string? Etag { get; }

    /// <summary>Whether something is stored.</summary>
    /// <exception cref="InvalidOperationException">Nothing was read yet.</exception>
    bool RecordExists { get; }

    /// <summary>Removes what is stored and makes the value new.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the value.</summary>
    /// <exception cref="Storage.InconsistentStateException">Something else was stored meanwhile.</exception>
    Task WriteStateAsync();

    /// <summary>Reads what is stored.</summary>
    Task ReadStateAsync();
}
