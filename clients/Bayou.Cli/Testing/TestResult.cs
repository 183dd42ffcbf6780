namespace Bayou.Cli.Testing;

/// <summary>What the tests of one project came to.</summary>
/// <param name="Count">The numbers.</param>
/// <param name="Lines">Failures with their messages, and skipped tests with their reasons.</param>
internal sealed record TestResult(TestCount Count, IReadOnlyList<string> Lines);
