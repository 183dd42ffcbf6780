using System.Text;

namespace Bayou.Grains.Routing;

/// <summary>
/// Every path that a plan asks for, as one tree of property names. Nodes are numbered in preorder, so that a node's descendants are the
/// numbers that follow it; node 0 is the event itself. Immutable.
/// </summary>
internal sealed class PathTree
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<PathNode> _nodes = [];

    /// <summary>The tree of these paths.</summary>
    public PathTree(IEnumerable<string[]> paths)
    {
        Add([], [.. paths]);
        Nodes = [.. _nodes];
    }

    /// <summary>The nodes, by number.</summary>
    public PathNode[] Nodes { get; }

    /// <summary>Bytes of the longest property name.</summary>
    public int LongestName => Nodes.Max(node => node.Name.Length);

    /// <summary>The number of a path that the tree was built from.</summary>
    public int this[string[] path] => _numbers[Key(path)];

    private void Add(string[] prefix, string[][] below)
    {
        var number = _nodes.Count;
        _numbers.Add(Key(prefix), number);
        _nodes.Add(default);
        var children = new List<KeyValuePair<string, int>>();
        foreach (var group in below.Where(path => path.Length > prefix.Length).GroupBy(path => path[prefix.Length]))
        {
            children.Add(new(group.Key, _nodes.Count));
            Add([.. prefix, group.Key], [.. group]);
        }

        var name = prefix.Length == 0 ? [] : Encoding.UTF8.GetBytes(prefix[^1]);
        _nodes[number] = new PathNode
        {
            Name = name,
            QuotedName = [.. name, (byte)'"'],
            Children = children.Count == 0 ? null : new Utf8Lookup(children),
            LastDescendant = _nodes.Count - 1,
        };
    }

    private static string Key(string[] path) => string.Join('\n', path.Select(name => $"{name.Length}:{name}"));
}
