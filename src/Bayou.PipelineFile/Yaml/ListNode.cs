namespace Bayou.PipelineFile.Yaml;

/// <summary>A list of values.</summary>
internal sealed class ListNode(int line, int column) : FileNode(line, column)
{
    private readonly List<FileNode> _items = [];

    public IReadOnlyList<FileNode> Items => _items;

    public void Add(FileNode item)
    {
        _items.Add(item);
        Contain(item);
    }

    public override string Describe() => "a list";
}
