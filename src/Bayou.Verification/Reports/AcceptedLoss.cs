namespace Bayou.Verification.Reports;

/// <summary>Offsets <c>[First, Next)</c> that were gone from the source before they were read, under <c>onDataLoss: continue</c>.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="First">First offset.</param>
/// <param name="Next">Where reading went on.</param>
public sealed record AcceptedLoss(string Topic, int Partition, long First, long Next);
