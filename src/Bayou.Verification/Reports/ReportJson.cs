using System.Text.Json;

namespace Bayou.Verification.Reports;

/// <summary>The report as one JSON document. Members are added over time; none is renamed or removed.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes it, indented.</summary>
    public static string Write(VerificationReport report) => JsonSerializer.Serialize(report, Options);
}
