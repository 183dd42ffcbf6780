using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Grains.Partitions;

/// <summary>
/// Reads one partition and has its micro-batches routed to the live tables. Key: <c>{pipeline}/{topic}/{partition}</c>. Every call may be repeated.
/// </summary>
[Alias("bayou.IPartitionGrain")]
public interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>Activates the partition and has it learn afresh what it should do.</summary>
    [Alias("RefreshAsync")]
    Task RefreshAsync();

    /// <summary>Stops reading and routing, and writes the hints. What was accepted stays accepted.</summary>
    [Alias("StopAsync"), ResponseTimeout("00:00:40")]
    Task StopAsync();

    /// <summary>
    /// A catch-up has delivered everything below <paramref name="delivered"/>, and is near the live position if <paramref name="near"/>. Where it
    /// should go on, and whether the partition holds for it.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="episode">Which falling behind the catch-up was started for.</param>
    /// <param name="delivered">Every offset below was accepted by the table.</param>
    /// <param name="near">True when the rest is small, so that the partition may hold.</param>
    [Alias("CatchUpProgressAsync"), ResponseTimeout("00:00:10")]
    Task<CatchUpDirective> CatchUpProgressAsync(string table, int episode, long delivered, bool near);

    /// <summary>Keeps that a range was gone from the source before a table had it; durable when it returns.</summary>
    [Alias("RecordLostAsync")]
    Task RecordLostAsync(OffsetRange lost);

    /// <summary>The status now.</summary>
    [Alias("GetStatusAsync"), ResponseTimeout("00:00:05")]
    Task<PartitionStatus> GetStatusAsync();
}
