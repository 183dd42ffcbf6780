namespace Bayou.Parquet;

/// <summary>A leaf of a schema in its place: what a file stores as one column.</summary>
public sealed class LeafColumn
{
    internal LeafColumn(int index, SchemaNode node, IReadOnlyList<string> path, int maxDefinition, int maxRepetition)
    {
        (Index, Node, PathParts) = (index, node, path);
        (MaxDefinitionLevel, MaxRepetitionLevel) = (maxDefinition, maxRepetition);
        Path = string.Join('.', path);
    }

    /// <summary>Position among the leaves, depth first, from 0.</summary>
    public int Index { get; }

    /// <summary>The leaf's node.</summary>
    public SchemaNode Node { get; }

    /// <summary>Names from the top, joined by dots, for example <c>add.partitionValues.key_value.key</c>.</summary>
    public string Path { get; }

    /// <summary>Names from the top.</summary>
    public IReadOnlyList<string> PathParts { get; }

    /// <summary>Definition level of a value that is there: how many nodes from the top to the leaf are not required.</summary>
    public int MaxDefinitionLevel { get; }

    /// <summary>Highest repetition level: how many nodes from the top to the leaf are repeated.</summary>
    public int MaxRepetitionLevel { get; }

    /// <summary>True when the column has one entry a row and null is all that can be missing.</summary>
    public bool IsFlat => MaxRepetitionLevel == 0 && MaxDefinitionLevel <= 1;

    /// <summary>How the values are stored.</summary>
    public PhysicalType Physical => Node.Physical!.Value;

    /// <summary>Bytes of a value once decoded: 1 for a boolean, 0 for bytes of any length.</summary>
    public int Width => Physical switch
    {
        PhysicalType.Boolean => 1,
        PhysicalType.Int32 or PhysicalType.Float => 4,
        PhysicalType.Int64 or PhysicalType.Double => 8,
        PhysicalType.Int96 => 12,
        PhysicalType.FixedLenByteArray => Node.TypeLength,
        _ => 0,
    };
}
