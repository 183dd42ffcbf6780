namespace Bayou.Storage;

/// <summary>Options of the storage in files.</summary>
public sealed class FileGrainStorageOptions
{
    /// <summary>The folder that the files are in; made when it is missing. No default. On a network share, renaming may not be atomic.</summary>
    public string RootDirectory { get; set; } = string.Empty;
}
