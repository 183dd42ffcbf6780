using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Grains.Tables;

/// <summary>
/// One shard of a table: takes slices from all its partitions and commits them in groups to its sink. Key:
/// <c>{pipeline}/{table}/{shard}</c>; the shard is 0. Every call may be repeated; slices of one partition are to come in order.
/// </summary>
[Alias("bayou.ITableGrain")]
public interface ITableGrain : IGrainWithStringKey
{
    /// <summary>
    /// Offers a slice. Never waits. Accepted means held in memory, and durable later: the durable offset of the reply tells how far. An unanswered
    /// call has an unknown outcome; send the slice again.
    /// </summary>
    [Alias("AcceptAsync"), ResponseTimeout("00:00:02")]
    Task<AcceptReply> AcceptAsync(Slice slice);

    /// <summary>
    /// Where the table stands in a partition. The table compares itself with its sink first, every 10 s at most, and deactivates if they differ.
    /// </summary>
    [Alias("AskAsync"), ResponseTimeout("00:00:10")]
    Task<AcceptReply> AskAsync(CursorKey key);

    /// <summary>Activates the table and has it learn afresh what it should do (paused or not, new partitions, another definition).</summary>
    [Alias("RefreshAsync")]
    Task RefreshAsync();

    /// <summary>Commits what was accepted before the call; true when all of it is durable, false when the sink failed meanwhile.</summary>
    [Alias("FlushAsync"), ResponseTimeout("00:02:00")]
    Task<bool> FlushAsync();

    /// <summary>Gives up what is not durable and deactivates. The next activation reads the sink.</summary>
    [Alias("ReleaseAsync")]
    Task ReleaseAsync();

    /// <summary>Records that the table needs are gone from the source: it stops, and its status names them.</summary>
    [Alias("SourceLostAsync")]
    Task SourceLostAsync(TopicPartition partition, OffsetRange lost);

    /// <summary>The status now.</summary>
    [Alias("GetStatusAsync"), ResponseTimeout("00:00:05")]
    Task<TableStatus> GetStatusAsync();
}
