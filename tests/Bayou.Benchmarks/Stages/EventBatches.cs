using Bayou.Sources;

namespace Bayou.Benchmarks.Stages;

/// <summary>Micro-batches in memory from a file of events.</summary>
internal static class EventBatches
{
    /// <summary>Up to <paramref name="records"/> events of the file, one <c>key&lt;TAB&gt;json</c> a line, <paramref name="size"/> to a batch.</summary>
    public static List<MicroBatch> Read(string path, int records, int size)
    {
        var batches = new List<MicroBatch>();
        var entries = new List<RecordEntry>();
        using var data = new MemoryStream();
        var source = new TopicPartition("events", 0);
        long offset = 0;
        foreach (var line in File.ReadLines(path).Take(records))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var value = System.Text.Encoding.UTF8.GetBytes(line[(tab + 1)..]);
            entries.Add(new RecordEntry { Offset = offset++, TimestampMilliseconds = 1_700_000_000_000 + offset / 5, KeyLength = -1, ValueStart = (int)data.Position, ValueLength = value.Length });
            data.Write(value);
            if (entries.Count == size) End();
        }

        if (entries.Count > 0) End();
        return batches;

        void End()
        {
            batches.Add(new MicroBatch(source, new OffsetRange(entries[0].Offset, offset), entries.ToArray(), data.ToArray()));
            entries.Clear();
            data.SetLength(0);
        }
    }
}
