namespace Bayou.Parquet;

/// <summary>The schema of a file: its top-level fields and, depth first, their leaves.</summary>
public sealed class ParquetSchema
{
    /// <summary>Deepest nesting that is accepted, so that a level fits a byte and walking a schema cannot exhaust the stack.</summary>
    internal const int MaxDepth = 100;

    private readonly List<LeafColumn> _leaves = [];

    /// <summary>A schema of the given top-level fields.</summary>
    /// <exception cref="ArgumentException">The nesting is deeper than 100 levels, or a leaf of fixed length has none.</exception>
    public ParquetSchema(params IReadOnlyList<SchemaNode> fields)
    {
        Fields = fields;
        foreach (var field in fields) Visit(field, [], 0, 0);
    }

    /// <summary>Top-level fields.</summary>
    public IReadOnlyList<SchemaNode> Fields { get; }

    /// <summary>Leaves, depth first: the columns of the file.</summary>
    public IReadOnlyList<LeafColumn> Leaves => _leaves;

    /// <summary>The leaf with the given <see cref="LeafColumn.Path"/>; null when there is none.</summary>
    public LeafColumn? Find(string path) => _leaves.Find(leaf => leaf.Path == path);

    private void Visit(SchemaNode node, string[] parents, int definition, int repetition)
    {
        string[] path = [.. parents, node.Name];
        if (path.Length > MaxDepth) throw new ArgumentException($"The schema is nested deeper than {MaxDepth} levels.");
        if (node.Repetition != Repetition.Required) definition++;
        if (node.Repetition == Repetition.Repeated) repetition++;
        if (!node.IsLeaf)
        {
            foreach (var child in node.Children) Visit(child, path, definition, repetition);
            return;
        }

        if (node.Physical == PhysicalType.FixedLenByteArray && node.TypeLength <= 0)
            throw new ArgumentException($"Column {string.Join('.', path)} is of fixed length, but has none.");
        _leaves.Add(new LeafColumn(_leaves.Count, node, path, definition, repetition));
    }
}
