namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>The clients by name.</summary>
internal static class DiscardClients
{
    /// <summary>The name of Bayou's own client.</summary>
    public const string Managed = "managed";

    /// <summary>A connected client.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static async Task<IDiscardClient> ConnectAsync(DiscardJob job) => job.Client switch
    {
        Managed or "librdkafka" => await SourceClient.ConnectAsync(job),
        "confluent" => new ConsumeClient(job),
        "batch" => new BatchClient(job),
        _ => throw new ArgumentException($"There is no client '{job.Client}'; there are managed, librdkafka, confluent and batch."),
    };
}
