using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>A column that this sink writes.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The column's type.</param>
/// <param name="Source">Where its values are: an index into the columns of a row block, or one of the constants below.</param>
/// <param name="IsNeverNull">True when every row has a value.</param>
internal readonly record struct TableColumn(string Name, ColumnType Type, int Source, bool IsNeverNull = false)
{
    /// <summary><see cref="Source"/> of the topic's name.</summary>
    public const int Topic = -1;

    /// <summary><see cref="Source"/> of the partition's number.</summary>
    public const int Partition = -2;

    /// <summary><see cref="Source"/> of the record's offset.</summary>
    public const int Offset = -3;

    /// <summary><see cref="Source"/> of the record's timestamp.</summary>
    public const int Timestamp = -4;

    /// <summary><see cref="Source"/> of the source's generation.</summary>
    public const int Generation = -5;

    /// <summary>The column as a table's schema has it.</summary>
    public DeltaField Field => new(Name, DeltaTypes.NameOf(Type), Nullable: true, []);
}
