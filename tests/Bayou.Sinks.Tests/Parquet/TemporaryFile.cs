namespace Bayou.Parquet;

/// <summary>A file in the folder for temporary files, deleted when disposed.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[]? contents = null)
    {
        if (contents is not null) File.WriteAllBytes(Path, contents);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"bayou-{Guid.NewGuid():N}.parquet");

    public void Dispose() => File.Delete(Path);
}
