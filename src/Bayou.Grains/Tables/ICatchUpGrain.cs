namespace Bayou.Grains.Tables;

/// <summary>
/// Feeds one table that is behind in one partition, from the table's own cursor up to the partition's position. Key:
/// <c>{pipeline}/{table}/{topic}/{partition}</c>. Two of them do no harm: the table trims what it has.
/// </summary>
[Alias("bayou.ICatchUpGrain")]
public interface ICatchUpGrain : IGrainWithStringKey
{
    /// <summary>Starts, or goes on, for one episode of falling behind. Repeating it changes nothing.</summary>
    [Alias("StartAsync")]
    Task StartAsync(CatchUpAssignment assignment);

    /// <summary>Stops. Repeating it changes nothing.</summary>
    [Alias("StopAsync")]
    Task StopAsync();
}
