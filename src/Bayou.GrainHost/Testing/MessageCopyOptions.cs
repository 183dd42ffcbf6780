namespace Bayou.GrainHost.Testing;

/// <summary>Whether what crosses a grain call is copied.</summary>
public sealed class MessageCopyOptions
{
    /// <summary>
    /// Copies every argument and result by the serializer, so that what would not survive a call between silos fails here
    /// too. Default: they pass by reference. A test cluster copies.
    /// </summary>
    public bool CopyMessages { get; set; }
}
