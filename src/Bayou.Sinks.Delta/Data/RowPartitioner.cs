using Bayou.Slices;

namespace Bayou.Sinks.Delta;

/// <summary>Groups a commit's rows by the values of the partition columns, keeping their order within a group.</summary>
internal static class RowPartitioner
{
    /// <summary>The groups, in the order in which their first rows come; a single one when there are no partition columns.</summary>
    public static IReadOnlyList<PartitionedRows> Group(IReadOnlyList<RowBlockRange> ranges, IReadOnlyList<TableColumn> partitionColumns)
    {
        if (partitionColumns.Count == 0)
        {
            List<RowSelection> all = [.. ranges.Where(range => range.Rows > 0).Select(range => new RowSelection(range, range.FirstRow, range.Rows, null))];
            return all.Count == 0 ? [] : [new PartitionedRows([], all)];
        }

        var groups = new Dictionary<string, PartitionedRows>(StringComparer.Ordinal);
        var order = new List<PartitionedRows>();
        foreach (var range in ranges)
        {
            var rows = new Dictionary<PartitionedRows, List<int>>();
            var block = range.Open();
            for (var row = range.FirstRow; row < block.Rows; row++)
            {
                var values = Values(block, partitionColumns, row);
                var key = string.Concat(values.Select(value => value is null ? "-" : $"{value.Length}:{value}"));
                if (!groups.TryGetValue(key, out var group))
                {
                    group = new PartitionedRows(values, []);
                    groups.Add(key, group);
                    order.Add(group);
                }

                if (!rows.TryGetValue(group, out var indexes)) rows.Add(group, indexes = []);
                indexes.Add(row);
            }

            foreach (var (group, indexes) in rows) group.Rows.Add(Select(range, indexes));
        }

        return order;
    }

    private static RowSelection Select(RowBlockRange range, List<int> rows) =>
        rows[^1] - rows[0] + 1 == rows.Count
            ? new RowSelection(range, rows[0], rows.Count, null)
            : new RowSelection(range, rows[0], rows.Count, [.. rows]);

    private static string?[] Values(RowBlock block, IReadOnlyList<TableColumn> columns, int row)
    {
        var values = new string?[columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = PartitionPath.Text(block.Column(columns[i].Source), columns[i].Type, row);
        return values;
    }
}
