using Bayou.Sinks.Delta;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>What a table of <see cref="Tables.Ids"/> holds, as <see cref="DeltaTableReader"/> reads it.</summary>
internal static class Ledger
{
    /// <summary><c>partition:offset</c> of every row, sorted.</summary>
    public static string[] Offsets(TableFolder folder)
    {
        var found = new List<(int Partition, long Offset)>();
        foreach (var rows in DeltaTableReader.Open(folder.Path).Read("_partition", "_offset"))
            for (var row = 0; row < rows.Count; row++) found.Add((rows.Columns[0].Fixed<int>()[row], rows.Columns[1].Fixed<long>()[row]));
        return [.. found.Order().Select(item => $"{item.Partition}:{item.Offset}")];
    }

    /// <summary>The rows of offsets from <paramref name="from"/> on, as <see cref="Offsets"/> has them.</summary>
    public static IEnumerable<string> Range(int partition, long from, int count) => Enumerable.Range(0, count).Select(i => $"{partition}:{from + i}");
}
