using System.Xml.Linq;
using Bayou.Console;

namespace Bayou.Cli.Testing;

/// <summary>Reads a result file of <c>dotnet test</c>.</summary>
internal static class TrxFile
{
    private const int StackLines = 4;
    private static readonly XNamespace Ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The results in <paramref name="trx"/>.</summary>
    public static TestResult Read(XDocument trx)
    {
        var count = TestCount.Zero;
        var lines = new List<string>();
        foreach (var result in trx.Descendants(Ns + "UnitTestResult"))
        {
            var name = Terminal.Safe((string?)result.Attribute("testName"));
            var error = result.Element(Ns + "Output")?.Element(Ns + "ErrorInfo");
            switch ((string?)result.Attribute("outcome"))
            {
                case "Passed":
                    count += new TestCount(1, 0, 0);
                    break;
                case "NotExecuted":
                    count += new TestCount(0, 0, 1);
                    lines.Add($"skipped {name}: {Reason(result, error)}");
                    break;
                default:
                    count += new TestCount(0, 1, 0);
                    lines.Add($"FAILED {name}");
                    lines.AddRange(TextLines((string?)error?.Element(Ns + "Message")));
                    lines.AddRange(TextLines((string?)error?.Element(Ns + "StackTrace")).Take(StackLines));
                    break;
            }
        }

        // A crash or a hang of the test process is told here and not as a test of its own.
        if (count.Failed == 0 && (string?)trx.Descendants(Ns + "ResultSummary").FirstOrDefault()?.Attribute("outcome") is "Failed" or "Error" or "Aborted")
        {
            count += new TestCount(0, 1, 0);
            lines.Add("FAILED the test process did not finish");
            lines.AddRange(trx.Descendants(Ns + "RunInfo").SelectMany(info => TextLines((string?)info.Element(Ns + "Text"))));
        }

        return new TestResult(count, lines);
    }

    private static string Reason(XElement result, XElement? error)
    {
        var text = (string?)error?.Element(Ns + "Message") ?? (string?)result.Element(Ns + "Output")?.Element(Ns + "StdOut");
        return text is null ? "no reason given" : Terminal.Safe(text.Trim().ReplaceLineEndings(" "));
    }

    private static IEnumerable<string> TextLines(string? text) =>
        (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "  " + Terminal.Safe(line.TrimEnd()));
}
