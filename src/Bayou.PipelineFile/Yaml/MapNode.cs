namespace Bayou.PipelineFile.Yaml;

/// <summary>A mapping, its entries in file order and each key once.</summary>
internal sealed class MapNode(int line, int column) : FileNode(line, column)
{
    private readonly List<MapEntry> _entries = [];
    private readonly Dictionary<string, MapEntry> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<MapEntry> Entries => _entries;

    public MapEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds an entry; false when its key is there already.</summary>
    public bool TryAdd(MapEntry entry)
    {
        if (!_byName.TryAdd(entry.Name, entry)) return false;
        _entries.Add(entry);
        Contain(entry.Value);
        return true;
    }

    public override string Describe() => "a mapping";
}
