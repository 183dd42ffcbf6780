using Bayou.Kafka.Tests.Support;
using Bayou.Slices;
using Bayou.Sources;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Reads a topic by Bayou's source and by Confluent.Kafka, and compares all there is to compare.</summary>
internal sealed class Differential(string address, string topic, params (string Name, string Value)[] options)
{
    /// <summary>What chooses the client under test.</summary>
    public static (string Name, string Value)[] Client { get; } = [("client", ClientChoice.Managed)];

    private readonly BufferPool _pool = new(poison: true);

    /// <summary>The source under test, opened.</summary>
    public Task<ISource> OpenAsync() => Factory(_pool).OpenAsync(Definition(address, [topic], [.. Client, .. options]), default);

    /// <summary>Where the truth is read, when not at the same address with the same options.</summary>
    public string? PlainAddress { get; init; }

    /// <summary>What is true.</summary>
    public PartitionContent[] Truth() =>
        OracleConsumer.Read(topic, PlainAddress is null ? Definition(address, [topic], options).Options : Definition(PlainAddress, [topic]).Options);

    /// <summary>
    /// Asserts that every partition reads the same, from its beginning in each of the sizes and, by catch-up readers, from some offsets in its middle, and that every buffer came back.
    /// Returns what is true.
    /// </summary>
    public async Task<PartitionContent[]> SameAsync(params ReadSizes[] sizes)
    {
        var truth = Truth();
        await using (var source = await OpenAsync())
        {
            foreach (var size in sizes.DefaultIfEmpty(ReadSizes.Usual))
                await Task.WhenAll(truth.Select((content, p) => SameAsync(source, p, content, content.Low, size, ReaderRole.Live)));
            await Task.WhenAll(truth.SelectMany((content, p) =>
                Inside(content).Select(from => SameAsync(source, p, content, from, ReadSizes.Usual, ReaderRole.CatchUp))));
        }

        Assert.Equal(0, _pool.RentedBytes);
        return truth;
    }

    /// <summary>Asserts that readings that are at their end read what is true.</summary>
    public void Same(IReadOnlyList<SourceReading> readings)
    {
        var truth = Truth();
        Assert.Equal(truth.Length, readings.Count);
        for (var p = 0; p < truth.Length; p++) Same(truth[p], readings[p].Content, 0);
    }

    private async Task SameAsync(ISource source, int partition, PartitionContent truth, long from, ReadSizes sizes, ReaderRole role) =>
        Same(truth, (await new SourceReading(source, new TopicPartition(topic, partition), from, role).ToAsync(truth.Next, sizes)).Content, from);

    private static void Same(PartitionContent truth, PartitionContent read, long from)
    {
        Assert.Equal(truth.Records.Where(record => RecordText.OffsetOf(record) >= from), read.Records);
        Assert.Equal(truth.Next, read.Next);
    }

    // Into the middle of batches, of gaps and of transactions; always the same ones.
    private static IEnumerable<long> Inside(PartitionContent content)
    {
        var random = new Random(7);
        for (var i = 0; i < 6 && content.Next > content.Low; i++) yield return random.NextInt64(content.Low, content.Next);
    }
}
