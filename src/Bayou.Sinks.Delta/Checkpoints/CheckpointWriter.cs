using System.Text.Json;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Writes a classic checkpoint in one file, and the pointer to it.</summary>
internal static class CheckpointWriter
{
    private const int RowGroupRows = 50_000;

    /// <summary>Writes a checkpoint of the snapshot's version, which must have its files.</summary>
    /// <param name="storage">The table.</param>
    /// <param name="snapshot">What the checkpoint holds.</param>
    /// <param name="removedSince">Removed files are left out if they were removed before this, in milliseconds since 1970.</param>
    public static void Write(ITableStorage storage, TableSnapshot snapshot, long removedSince)
    {
        var files = snapshot.Files ?? throw new ArgumentException("The snapshot was read without its files.", nameof(snapshot));
        List<object> actions = [snapshot.Protocol, snapshot.Metadata, .. snapshot.Txns.Values, .. files.Active];
        actions.AddRange(files.Removed.Where(remove => (remove.DeletionTimestamp ?? 0) >= removedSince));
        ParquetFileInfo? info = null;
        storage.Replace(LogNames.Checkpoint(snapshot.Version), stream => info = Write(stream, actions));
        storage.Replace(LogNames.LastCheckpoint, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteNumber("version", snapshot.Version);
            json.WriteNumber("size", actions.Count);
            json.WriteNumber("sizeInBytes", info!.Bytes);
            json.WriteNumber("numOfAddFiles", files.Active.Count);
            json.WriteEndObject();
        });
    }

    private static ParquetFileInfo Write(Stream stream, List<object> actions)
    {
        using var writer = new ParquetFileWriter(CheckpointSchema.Schema, new ParquetWriterOptions { DeltaEncodings = false });
        writer.Begin(stream);
        foreach (var action in actions)
        {
            var type = action.GetType();
            for (var i = 0; i < CheckpointSchema.Leaves.Count; i++)
            {
                var leaf = CheckpointSchema.Leaves[i];
                if (leaf.Action == type) leaf.Write(writer.Columns[i], action);
                else writer.Columns[i].AppendMissing(0);
            }

            if (writer.RowGroupRows >= RowGroupRows) writer.EndRowGroup();
        }

        return writer.Finish();
    }
}
