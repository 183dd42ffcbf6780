namespace Bayou.Verification.Rules;

/// <summary>Offsets <c>[From, Next)</c> of a partition under the same rules.</summary>
/// <param name="From">First offset.</param>
/// <param name="Next">Where the next segment begins.</param>
/// <param name="VersionOf">For each table the index of the version whose rules it has there; -1 for none.</param>
/// <param name="Versions">The indexes that occur, each once.</param>
public sealed record RuleSegment(long From, long Next, int[] VersionOf, int[] Versions);
