using Bayou.Definitions;
using Bayou.Kafka;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>Bayou's source, with either of its clients, as a pipeline reads it: one task per partition, each touching every record.</summary>
internal sealed class SourceClient(ISource source) : IDiscardClient
{
    private const int MaxRecords = 10_000;
    private const int MaxBytes = 1 << 20;

    /// <summary>Opens the source with the client of the job's name.</summary>
    public static async Task<SourceClient> ConnectAsync(DiscardJob job) => new(await OpenAsync(job));

    /// <summary>The same as a source.</summary>
    public static Task<ISource> OpenAsync(DiscardJob job)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKafkaSource();
        var factory = services.BuildServiceProvider().GetServices<ISourceFactory>().Single(factory => factory.Kind == "kafka");
        return factory.OpenAsync(new SourceDefinition { Kind = "kafka", Topics = [job.Topic], Options = new(job.Properties) { ["client"] = job.Client } }, default);
    }

    /// <inheritdoc/>
    public async Task<Tally> ReadAsync(string topic, PartitionBounds[] bounds)
    {
        var sum = default(Tally);
        foreach (var tally in await Task.WhenAll(bounds.Select(partition => Task.Run(() => ReadAsync(topic, partition))))) sum += tally;
        return sum;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<Tally> ReadAsync(string topic, PartitionBounds bounds)
    {
        await using var reader = source.OpenReader(new TopicPartition(topic, bounds.Partition), bounds.Low, ReaderRole.Live);
        var sum = default(Tally);
        for (var next = bounds.Low; next < bounds.High;)
        {
            var batch = await reader.ReadAsync(MaxRecords, MaxBytes, default);
            if (batch.Range.First != next)
                throw new InvalidOperationException($"Reading {batch.Source} at offset {next} returned {batch.Range}: batches must follow each other. The run does not count.");
            sum += Touch(batch.Entries.Span);
            next = batch.Range.Next;
            batch.Release();
        }

        return sum;
    }

    private static Tally Touch(ReadOnlySpan<RecordEntry> entries)
    {
        var bytes = 0L;
        foreach (ref readonly var entry in entries) bytes += Math.Max(0, entry.KeyLength) + Math.Max(0, entry.ValueLength);
        return new Tally(entries.Length, bytes);
    }
}
