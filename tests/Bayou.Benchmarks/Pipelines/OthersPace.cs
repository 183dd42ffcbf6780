namespace Bayou.Benchmarks.Pipelines;

/// <summary>How the tables but one got on.</summary>
/// <param name="Seconds">From the start of the pipeline to the last commit of any of them.</param>
/// <param name="SteadyRowsPerSecond">
/// Rows that they committed per second in the middle of the run: between a half and nine tenths of their rows. A frozen table holds the others for the two seconds or
/// so in which it might still come back; that is in <paramref name="Seconds"/>, and before this stretch.
/// </param>
/// <param name="BehindAfterSeconds">When the table apart was seen to be fed on its own, or null when it never was.</param>
internal sealed record OthersPace(double Seconds, double SteadyRowsPerSecond, double? BehindAfterSeconds);
