using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>What is stored is not what the writer last read. Escaping from a grain it deactivates the activation.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>An error without a message.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    public InconsistentStateException(string message) : base(message)
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!)
    {
    }

    /// <summary>An error about ETags.</summary>
    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The ETag that is stored.</param>
    /// <param name="currentEtag">The ETag that the writer had.</param>
    /// <param name="storageException">Why.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>An error about ETags.</summary>
    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The ETag that is stored.</param>
    /// <param name="currentEtag">The ETag that the writer had.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>An error about ETags.</summary>
    /// <param name="storedEtag">The ETag that is stored.</param>
    /// <param name="currentEtag">The ETag that the writer had.</param>
    /// <param name="storageException">Why.</param>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    // Set until it has deactivated the activation that it comes from: callers that let it pass stay.
    [Id(0)]
    internal bool IsSourceActivation { get; set; } = true;

    /// <summary>The ETag that is stored.</summary>
    [Id(1)]
    public string? StoredEtag { get; private set; }

    /// <summary>The ETag that the writer had.</summary>
    [Id(2)]
    public string? CurrentEtag { get; private set; }

    /// <summary>The error with both ETags, for logs.</summary>
    public override string ToString() => $"{base.ToString()} (stored ETag {StoredEtag ?? "none"}, writer's ETag {CurrentEtag ?? "none"})";
}
