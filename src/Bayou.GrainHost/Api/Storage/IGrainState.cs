namespace Orleans;

/// <summary>What passes between a state and its storage.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The value.</summary>
    T? State { get; set; }

    /// <summary>The stored version; null when nothing is stored.</summary>
    string? ETag { get; set; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; set; }
}
