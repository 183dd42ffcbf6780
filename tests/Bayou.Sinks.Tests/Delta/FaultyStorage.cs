using Bayou.Sinks.Delta;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Storage whose calls can be made to fail, before or after they had their effect, or to be preceded by what somebody else does.</summary>
internal sealed class FaultyStorage(ITableStorage inner) : ITableStorage
{
    /// <summary>Called before a file is created, with its path.</summary>
    public Action<string>? BeforeCreate { get; set; }

    /// <summary>Called once before a file is created, with its content.</summary>
    public Action<ReadOnlyMemory<byte>>? BeforeCreateContent { get; set; }

    /// <summary>Called after a file was created, with its path.</summary>
    public Action<string>? AfterCreate { get; set; }

    /// <summary>Called before a file is written or replaced, with its path.</summary>
    public Action<string>? BeforeWrite { get; set; }

    /// <summary>Called before a file is read, with its path.</summary>
    public Action<string>? BeforeRead { get; set; }

    /// <summary>Called before a file is deleted, with its path.</summary>
    public Action<string>? BeforeDelete { get; set; }

    public string Location => inner.Location;

    public void CreateRoot() => inner.CreateRoot();

    public IReadOnlyList<string> List(string folder) => inner.List(folder);

    public IEnumerable<StoredFile> ListFiles(string folder, bool deep = false) => inner.ListFiles(folder, deep);

    public byte[]? TryRead(string path)
    {
        BeforeRead?.Invoke(path);
        return inner.TryRead(path);
    }

    public string? Tag(string path) => inner.Tag(path);

    public Stream OpenRead(string path)
    {
        BeforeRead?.Invoke(path);
        return inner.OpenRead(path);
    }

    public bool TryCreate(string path, ReadOnlyMemory<byte> content)
    {
        BeforeCreate?.Invoke(path);
        var before = BeforeCreateContent;
        BeforeCreateContent = null;
        before?.Invoke(content);
        var created = inner.TryCreate(path, content);
        AfterCreate?.Invoke(path);
        return created;
    }

    public void Replace(string path, Action<Stream> write)
    {
        BeforeWrite?.Invoke(path);
        inner.Replace(path, write);
    }

    public void Write(string path, Action<Stream> write)
    {
        BeforeWrite?.Invoke(path);
        inner.Write(path, write);
    }

    public void Delete(string path)
    {
        BeforeDelete?.Invoke(path);
        inner.Delete(path);
    }
}
