using System.Text.Json.Nodes;

namespace Bayou.Cli.Sampling;

/// <summary>A sample as JSON. Keys and values of quarantined records are base64.</summary>
internal static class SampleJson
{
    /// <summary>The member <c>sample</c> of what <c>validate --json</c> prints.</summary>
    public static JsonObject Create(Sample sample) => new()
    {
        ["from"] = sample.From,
        ["count"] = sample.Records.Count,
        ["filtered"] = sample.Filtered,
        ["tables"] = new JsonArray([.. sample.Counts().Select(count => new JsonObject { ["name"] = count.Table, ["rows"] = count.Rows, ["quarantined"] = count.Quarantined })]),
        ["records"] = new JsonArray([.. sample.Records.Select(Record)]),
    };

    private static JsonObject Record(SampledRecord record) => new()
    {
        ["topic"] = record.Source.Topic,
        ["partition"] = record.Source.Partition,
        ["offset"] = record.Offset,
        ["outcomes"] = new JsonArray([.. record.Outcomes.Select(outcome => Outcome(outcome, record))]),
    };

    private static JsonObject Outcome(SampledOutcome outcome, SampledRecord record) => outcome.Row is { } row
        ? new JsonObject { ["table"] = outcome.Table, ["row"] = new JsonObject(row.Select(value => KeyValuePair.Create(value.Column.Name, value.ToJson()))) }
        : new JsonObject { ["table"] = outcome.Table, ["reason"] = outcome.Reason, ["key"] = Base64(record.Key), ["value"] = Base64(record.Value) };

    private static JsonValue? Base64(byte[]? bytes) => bytes is null ? null : JsonValue.Create(Convert.ToBase64String(bytes));
}
