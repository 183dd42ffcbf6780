namespace Bayou.Cli.Testing;

/// <summary>How many tests passed, failed and were skipped.</summary>
internal readonly record struct TestCount(int Passed, int Failed, int Skipped)
{
    public static readonly TestCount Zero;

    public static TestCount operator +(TestCount left, TestCount right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>The closing line of a test run.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
