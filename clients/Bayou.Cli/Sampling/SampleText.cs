using Bayou.Console;
using Bayou.Console.Rendering;

namespace Bayou.Cli.Sampling;

/// <summary>A sample for people: counts by table, then every record. Nothing that was read can steer the terminal.</summary>
internal static class SampleText
{
    private const int ShownBytes = 500;

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, Sample sample)
    {
        output.WriteLine($"{sample.Records.Count:#,##0} records sampled, {(sample.From == Sample.Latest ? "the last" : "the first")} of each partition; nothing was written");
        foreach (var (table, rows, quarantined) in sample.Counts())
            if (table is not null)
                output.WriteLine($"  {Terminal.Safe(table),-24} {rows,7:#,##0} rows{(quarantined == 0 ? "" : $"  {quarantined,7:#,##0} quarantined")}");
            else if (quarantined > 0)
                output.WriteLine($"  {"(no table)",-24} {"",7}       {quarantined,7:#,##0} quarantined");
        if (sample.Filtered > 0)
            output.WriteLine($"  {"(filtered)",-24} {sample.Filtered,7:#,##0}");
        foreach (var record in sample.Records)
            Write(output, record);
    }

    private static void Write(TextWriter output, SampledRecord record)
    {
        var place = $"{Terminal.Safe(record.Source.ToString())} offset {record.Offset}";
        if (record.Outcomes.Length == 0)
            output.WriteLine($"{place}: filtered");
        foreach (var outcome in record.Outcomes)
        {
            if (outcome.Row is not null)
            {
                output.WriteLine($"{place}: row of {Terminal.Safe(outcome.Table)}");
                output.WriteLine($"  {string.Join(", ", outcome.Row.Select(value => $"{Terminal.Safe(value.Column.Name)} {value}"))}");
                continue;
            }

            output.WriteLine($"{place}: quarantine{(outcome.Table is null ? "" : $" of {Terminal.Safe(outcome.Table)}")}, {Terminal.Safe(outcome.Reason)}");
            output.WriteLine($"  key {Payload(record.Key)}, value {Payload(record.Value)}");
        }
    }

    private static string Payload(byte[]? bytes) => bytes is null ? "(none)" : TerminalText.Escape(bytes, ShownBytes);
}
