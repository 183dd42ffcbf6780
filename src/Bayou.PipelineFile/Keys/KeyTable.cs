namespace Bayou.PipelineFile.Keys;

/// <summary>The keys that one kind of mapping in the file takes: the one list behind the reader, the JSON schema and the check of the documentation.</summary>
/// <param name="Title">What the mapping is called in messages.</param>
/// <param name="Keys">Its keys, in the order in which they are usually written.</param>
internal sealed record KeyTable(string Title, IReadOnlyList<FileKey> Keys)
{
    /// <summary>The names of the keys.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Keys.Select(key => key.Name)];
}
