using System.Text;

namespace Bayou.Benchmarks.Reference;

/// <summary>The text of a pipeline file that lands the reference's events in the reference's ten tables.</summary>
internal static class ReferencePipeline
{
    private static readonly (string Type, string Columns)[] Tables =
    [
        ("order", "order_id: long, sku: string, quantity: long, amount: double, currency: string, country: string"),
        ("payment", "payment_id: long, order_id: long, amount: double, method: string, currency: string, approved: bool"),
        ("click", "page: string, referrer: string, x: long, \"y\": long, session: string, bot: bool"),
        ("view", "page: string, duration_ms: long, scroll: double, session: string, device: string"),
        ("login", "session: string, device: string, country: string, success: bool, attempts: long, risk: double"),
        ("shipment", "order_id: long, carrier: string, weight_kg: double, parcels: long, country: string, tracking: string"),
        ("refund", "payment_id: long, order_id: long, amount: double, currency: string, reason: string, partial: bool"),
        ("stock", "sku: string, warehouse: string, on_hand: long, reserved: long, cost: double, currency: string"),
        ("search", "terms: string, results: long, latency_ms: double, session: string, corrected: bool"),
        ("error", "service: string, code: long, message: string, session: string, fatal: bool"),
    ];

    /// <summary>The file's text.</summary>
    public static string Create(string name, string address, string topic, string lake)
    {
        var text = new StringBuilder($$"""
            name: {{name}}
            source:
              kafka: { bootstrapServers: "{{address}}", topics: [{{topic}}], start: earliest }
            route: { field: event_type, unmatched: quarantine }
            quarantine: { delta: { path: "{{lake}}/quarantine" } }
            tables:

            """);
        foreach (var (type, columns) in Tables)
        {
            text.Append($$"""
                  {{type}}:
                    match: [{{type}}]
                    columns: { event_id: string, event_type: string, ts: timestamp, user_id: long, {{columns}} }
                    sink: { delta: { path: "{{lake}}/{{type}}" } }

                """.ReplaceLineEndings("\n"));
        }

        return text.ToString();
    }
}
