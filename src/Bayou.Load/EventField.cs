using System.Text;

namespace Bayou.Load;

/// <summary>One field of an event type, and the column that it becomes.</summary>
internal sealed class EventField
{
    public EventField(string name, string columnType, ValueShape shape, params string[] words)
    {
        (Name, ColumnType, Shape) = (name, columnType, shape);
        Prefix = Encoding.UTF8.GetBytes($",\"{name}\":");
        Words = [.. words.Select(Encoding.UTF8.GetBytes)];
    }

    public string Name { get; }

    /// <summary>The column's type as the pipeline file spells it.</summary>
    public string ColumnType { get; }

    public ValueShape Shape { get; }

    /// <summary>Comma, quoted name and colon.</summary>
    public byte[] Prefix { get; }

    /// <summary>The words to choose from, for shapes that have some.</summary>
    public byte[][] Words { get; }
}
