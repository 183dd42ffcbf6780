using System.Xml.Linq;
using Bayou.Cli.Testing;

namespace Bayou.Cli.Tests;

public class TrxFileTests
{
    [Fact]
    public void Read_counts_each_outcome_and_tells_why()
    {
        var result = TrxFile.Read(Create("""
            <UnitTestResult testName="A.passes" outcome="Passed" />
            <UnitTestResult testName="A.fails" outcome="Failed"><Output><ErrorInfo><Message>Expected 1
            was 2</Message><StackTrace>at A</StackTrace></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="A.skips" outcome="NotExecuted"><Output><ErrorInfo><Message>no broker here</Message></ErrorInfo></Output></UnitTestResult>
            """, "Failed"));

        Assert.Equal(new TestCount(1, 1, 1), result.Count);
        Assert.Equal(["FAILED A.fails", "  Expected 1", "  was 2", "  at A", "skipped A.skips: no broker here"], result.Lines);
    }

    [Fact]
    public void Read_crash_without_a_failed_test_counts_as_a_failure()
    {
        var result = TrxFile.Read(Create("""<UnitTestResult testName="A.passes" outcome="Passed" />""", "Failed"));

        Assert.Equal(new TestCount(1, 1, 0), result.Count);
        Assert.Equal(["FAILED the test process did not finish", "  the host crashed"], result.Lines);
    }

    [Fact]
    public void Count_reads_like_the_closing_line() => Assert.Equal("3 passed, 0 failed, 1 skipped", (new TestCount(2, 0, 1) + new TestCount(1, 0, 0)).ToString());

    private static XDocument Create(string results, string outcome) => XDocument.Parse($"""
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>{results}</Results>
          <ResultSummary outcome="{outcome}"><RunInfos><RunInfo outcome="Error"><Text>the host crashed</Text></RunInfo></RunInfos></ResultSummary>
        </TestRun>
        """);
}
