namespace Bayou.Sinks.Delta;

/// <summary>
/// Where a table's files are. Paths are relative to the table's root and use <c>/</c>. Calls block; they are made on the sink's executor.
/// A call that throws may have had its effect, or not.
/// </summary>
internal interface ITableStorage
{
    /// <summary>The root, for messages.</summary>
    string Location { get; }

    /// <summary>Makes the root where it is missing, durably.</summary>
    void CreateRoot();

    /// <summary>Names of the files directly in <paramref name="folder"/>, in no order; empty when there is no such folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>The files in <paramref name="folder"/>, and with <paramref name="deep"/> in all folders below it, in no order. Files that vanish meanwhile may be left out. The root is the empty text.</summary>
    IEnumerable<StoredFile> ListFiles(string folder, bool deep = false);

    /// <summary>The whole file, or null when there is none.</summary>
    byte[]? TryRead(string path);

    /// <summary>A value that differs when the file is another one than before (length and time, or an entity tag); null when there is no file.</summary>
    string? Tag(string path);

    /// <summary>A seekable stream over the file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    Stream OpenRead(string path);

    /// <summary>
    /// Writes the file if there is none of that name: all of it or nothing, durable on return. Of several callers exactly one gets true.
    /// </summary>
    bool TryCreate(string path, ReadOnlyMemory<byte> content);

    /// <summary>Writes or overwrites the file: readers see the old or the new one whole. Durable on return.</summary>
    void Replace(string path, Action<Stream> write);

    /// <summary>Writes a file whose name nobody else uses. Durable on return; what a failure leaves behind is the caller's to delete.</summary>
    void Write(string path, Action<Stream> write);

    /// <summary>Deletes the file; nothing happens when there is none.</summary>
    void Delete(string path);
}
