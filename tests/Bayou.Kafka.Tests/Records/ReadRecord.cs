using System.Text;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Records;

/// <summary>A record as a test saw it; null parts are null.</summary>
internal sealed record ReadRecord(long Offset, long Timestamp, string? Key, string? Value, string Headers)
{
    public static IEnumerable<ReadRecord> AllOf(MicroBatch batch)
    {
        for (var i = 0; i < batch.Count; i++) yield return Of(batch[i]);
    }

    private static ReadRecord Of(RecordView record)
    {
        var headers = new StringBuilder();
        foreach (var (key, value) in HeadersOf(record)) headers.Append(key).Append('=').Append(value ?? "null").Append(';');
        return new ReadRecord(record.Offset, record.TimestampMilliseconds, record.HasKey ? Encoding.UTF8.GetString(record.Key) : null,
            record.HasValue ? Encoding.UTF8.GetString(record.Value) : null, headers.ToString());
    }

    private static List<(string Key, string? Value)> HeadersOf(RecordView record)
    {
        var all = new List<(string, string?)>();
        for (var headers = record.Headers; headers.MoveNext();)
            all.Add((Encoding.UTF8.GetString(headers.Key), headers.HasValue ? Encoding.UTF8.GetString(headers.Value) : null));
        return all;
    }
}
