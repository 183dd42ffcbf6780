using System.Text;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>One leaf of a checkpoint's schema: which action it belongs to, and how a value gets into it.</summary>
/// <param name="Action">The type of the action.</param>
/// <param name="Write">Appends the action's value.</param>
internal sealed record CheckpointLeaf(Type Action, Action<ColumnWriter, object> Write)
{
    public static CheckpointLeaf Text<T>(Func<T, string?> value) => new(typeof(T), (column, action) => AppendText(column, value((T)action)));

    public static CheckpointLeaf Long<T>(Func<T, long?> value) => new(typeof(T), (column, action) =>
    {
        if (value((T)action) is { } number) column.AppendEntry(number);
        else column.AppendMissing(column.Column.MaxDefinitionLevel - 1);
    });

    public static CheckpointLeaf Int<T>(Func<T, int> value) => new(typeof(T), (column, action) => column.AppendEntry(value((T)action)));

    public static CheckpointLeaf Flag<T>(Func<T, bool?> value) => new(typeof(T), (column, action) =>
    {
        if (value((T)action) is { } flag) column.AppendEntry(flag ? (byte)1 : (byte)0);
        else column.AppendMissing(column.Column.MaxDefinitionLevel - 1);
    });

    /// <summary>The elements of an optional list of required text.</summary>
    public static CheckpointLeaf List<T>(Func<T, IReadOnlyList<string>?> value) =>
        new(typeof(T), (column, action) => AppendRequired(column, value((T)action)));

    /// <summary>The keys of an optional map.</summary>
    public static CheckpointLeaf Keys<T, TValue>(Func<T, IReadOnlyDictionary<string, TValue>?> value) =>
        new(typeof(T), (column, action) => AppendRequired(column, value((T)action)?.Keys.ToArray()));

    /// <summary>The values of an optional map, which may be null.</summary>
    public static CheckpointLeaf Values<T, TValue>(Func<T, IReadOnlyDictionary<string, TValue>?> value) => new(typeof(T), (column, action) =>
    {
        var entry = column.Column.MaxDefinitionLevel - 1;
        var map = value((T)action);
        if (map is null or { Count: 0 }) column.AppendMissing(map is null ? entry - 2 : entry - 1);
        else
        {
            var repetition = 0;
            foreach (var item in map.Values)
            {
                if (item is string text) column.AppendEntryBytes(Encoding.UTF8.GetBytes(text), repetition);
                else column.AppendMissing(entry, repetition);
                repetition = 1;
            }
        }
    });

    private static void AppendText(ColumnWriter column, string? text)
    {
        if (text is null) column.AppendMissing(column.Column.MaxDefinitionLevel - 1);
        else column.AppendEntryBytes(Encoding.UTF8.GetBytes(text));
    }

    private static void AppendRequired(ColumnWriter column, IReadOnlyList<string>? items)
    {
        var entry = column.Column.MaxDefinitionLevel;
        if (items is null or { Count: 0 }) column.AppendMissing(items is null ? entry - 2 : entry - 1);
        else
            for (var i = 0; i < items.Count; i++) column.AppendEntryBytes(Encoding.UTF8.GetBytes(items[i]), i == 0 ? 0 : 1);
    }
}
