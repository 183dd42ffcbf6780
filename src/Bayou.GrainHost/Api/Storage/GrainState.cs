namespace Orleans;

/// <inheritdoc cref="IGrainState{T}"/>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Nothing.</summary>
    public GrainState()
    {
    }

    /// <summary>A value that is not stored.</summary>
    /// <param name="state">The value.</param>
    public GrainState(T? state) => State = state;

    /// <summary>A value of the given version.</summary>
    /// <param name="state">The value.</param>
    /// <param name="eTag">The version.</param>
    public GrainState(T? state, string? eTag) : this(state) => ETag = eTag;

    /// <inheritdoc/>
    [Id(0)]
    public T? State { get; set; }

    /// <inheritdoc/>
    [Id(1)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    [Id(2)]
    public bool RecordExists { get; set; }
}
