using Bayou.Console;
using Bayou.Definitions;
using Bayou.Sinks.Delta;

namespace Bayou.Cli.Quarantine;

/// <summary>Reads the quarantine of a pipeline from its Delta table.</summary>
internal static class QuarantineReader
{
    /// <summary>The rows, in the order of the table's files; the payloads only when they are asked for. None when nothing was ever quarantined.</summary>
    /// <exception cref="CommandFailedException">The quarantine is not a Delta table.</exception>
    public static IEnumerable<QuarantineRow> Read(PipelineDefinition pipeline, bool payloads)
    {
        if (pipeline.Quarantine.Kind != "delta" || !pipeline.Quarantine.Options.TryGetValue("path", out var path))
            throw new CommandFailedException($"the quarantine of pipeline {pipeline.Name} is of kind '{pipeline.Quarantine.Kind}'; only a Delta quarantine can be listed");
        return DeltaTableReader.Exists(path) ? Rows(DeltaTableReader.Open(path), payloads) : [];
    }

    private static IEnumerable<QuarantineRow> Rows(DeltaTableReader reader, bool payloads)
    {
        string[] columns =
        [
            MetadataColumns.Topic, MetadataColumns.Partition, MetadataColumns.Offset, QuarantineTable.ReasonColumn, QuarantineTable.TableColumn,
            .. payloads ? new[] { QuarantineTable.KeyColumn, QuarantineTable.ValueColumn } : [],
        ];
        foreach (var group in reader.Read(columns))
        {
            for (var row = 0; row < group.Count; row++)
            {
                var values = group.Columns;
                yield return new QuarantineRow(
                    values[0].Text(row) ?? "", values[1].Fixed<int>()[row], values[2].Fixed<long>()[row], values[3].Text(row) ?? "", values[4].Text(row),
                    payloads ? (byte[]?)values[5].Value(row) : null, payloads ? (byte[]?)values[6].Value(row) : null);
            }
        }
    }
}
