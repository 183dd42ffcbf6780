namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>A way to read a topic. Connected when it is made, so that <see cref="ReadAsync"/> is what is measured.</summary>
internal interface IDiscardClient : IAsyncDisposable
{
    /// <summary>Reads every partition from its low to its high watermark, all at once, and adds up what was there. May be called again.</summary>
    Task<Tally> ReadAsync(string topic, PartitionBounds[] bounds);
}
