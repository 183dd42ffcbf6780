using System.Text;
using Bayou.Definitions;
using Bayou.Kafka;
using Bayou.Load;
using Bayou.PipelineFile;
using Bayou.Sinks.Delta;
using Bayou.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Bayou.Benchmarks.Micro.Events;

/// <summary>Generated events of ten types, about 215 bytes each, and the pipeline that lands them.</summary>
internal static class SampleEvents
{
    /// <summary>Records of a micro-batch, and operations of each benchmark: figures are for a record.</summary>
    public const int Count = 4000;

    /// <summary>The pipeline; nothing of it is opened.</summary>
    public static PipelineDefinition Definition()
    {
        using var services = new ServiceCollection().AddLogging().AddKafkaSource().BuildServiceProvider();
        return PipelineFileReader.Parse(
            Encoding.UTF8.GetBytes(DemoPipeline.Create(new DemoOptions())), "demo.yaml", [new DeltaSinkFactory()], [.. services.GetServices<ISourceFactory>()], _ => null);
    }

    /// <summary>The values of the first events.</summary>
    public static byte[][] Values()
    {
        var generator = new EventGenerator(new LoadOptions());
        var room = new byte[generator.MaxValueBytes];
        return [.. Enumerable.Range(0, Count).Select(i => room[..generator.WriteValue(i, room)])];
    }

    /// <summary>The first events as a micro-batch of one partition.</summary>
    public static MicroBatch Batch()
    {
        var values = Values();
        var (entries, at) = (new RecordEntry[Count], 0);
        for (var i = 0; i < Count; i++)
        {
            entries[i] = new RecordEntry { Offset = i, TimestampMilliseconds = 1_700_000_000_000 + i, KeyLength = -1, ValueStart = at, ValueLength = values[i].Length };
            at += values[i].Length;
        }

        return new MicroBatch(new TopicPartition("events", 0), new OffsetRange(0, Count), entries, values.SelectMany(value => value).ToArray());
    }
}
