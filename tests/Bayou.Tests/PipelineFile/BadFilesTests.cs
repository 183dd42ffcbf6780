namespace Bayou.Tests.PipelineFile;

/// <summary>Exact messages and places, from the table in <c>BadFiles.txt</c>.</summary>
public sealed class BadFilesTests
{
    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        var (piece, by, expected) = ("", "", new List<string>());
        foreach (var line in File.ReadLines(RepositoryFiles.Locate("tests/Bayou.Tests/PipelineFile/BadFiles.txt")).Where(l => l.Length > 0 && l[0] != '#').Append("replace||"))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                expected.Add(line[2..]);
                continue;
            }
            var text = line[(line.IndexOf('|') + 1)..^1].Replace("\\n", "\n", StringComparison.Ordinal);
            if (line.StartsWith("by|", StringComparison.Ordinal))
            {
                by = text;
                continue;
            }
            if (expected.Count > 0) data.Add(piece, by, string.Join('\n', expected));
            (piece, by) = line.StartsWith("whole|", StringComparison.Ordinal) ? ("", text) : (text, "");
            expected.Clear();
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_bad_file_reports_every_problem_with_its_place(string piece, string by, string expected) =>
        Assert.Equal(expected, string.Join('\n', Files.Problems(piece.Length == 0 ? by : Files.With(piece, by))));

    [Fact]
    public void Cases_are_all_read() => Assert.Equal(BadCases, Cases().Count);

    private const int BadCases = 92;
}
