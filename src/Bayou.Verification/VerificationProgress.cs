namespace Bayou.Verification;

/// <summary>How far a verification has come.</summary>
/// <param name="Step">What is being read.</param>
/// <param name="Records">Records read from the topic so far.</param>
/// <param name="Total">Offsets to read in all; 0 before that is known.</param>
public readonly record struct VerificationProgress(string Step, long Records, long Total);
