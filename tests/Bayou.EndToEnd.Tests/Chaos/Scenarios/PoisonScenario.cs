using System.Text;
using Bayou.EndToEnd.Tests.Support;
using Bayou.Kafka.Tools;
using Bayou.Load;

namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>Records that nobody would want, many of each kind: all are accounted for, and memory stays bounded.</summary>
internal sealed class PoisonScenario : IScenario
{
    private const int Unreadable = 200_000, Large = 20, LargeBytes = 10_000_000, Tiny = 1_000_000, Unmatched = 50_000, Burst = 300_000;

    public string Name => "poison";

    public string Description => "1 % unreadable, records of 10 MB, a million tiny ones, a type that matches nothing, a burst of one type";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context, note: true);
        var silo = arena.Launch();
        using (var producer = new RecordProducer(new Dictionary<string, string> { ["bootstrap.servers"] = context.Address, ["message.max.bytes"] = "10485760" }))
        {
            Generated(producer, arena.Topic, Unreadable, new LoadOptions { BadShare = 0.01, Seed = context.Random.Next() });
            for (var record = 0; record < Large; record++) producer.Produce(arena.Topic, record % 8, "large", LargeRecord(record));
            for (var record = 0; record < Tiny; record++) producer.Produce(arena.Topic, record % 8, null, """{"event_type":"view","user_id":1}""");
            for (var record = 0; record < Unmatched; record++) producer.Produce(arena.Topic, record % 8, null, """{"event_type":"nobody's","user_id":1}""");
            Generated(producer, arena.Topic, Burst, new LoadOptions { Skew = 1, Seed = context.Random.Next() });
            producer.Flush(Deadline.Limit);
        }

        await arena.SettleAsync(silo);
        Assert.Equal(Unreadable + Large + Tiny + Unmatched + Burst, arena.Watch.AllRows);
        return $"{arena.Watch.AllRows:#,##0} records, {arena.Watch.Rows("quarantine"):#,##0} of them in quarantine; {MemoryLimit.Check(arena)}";
    }

    private static void Generated(RecordProducer producer, string topic, int count, LoadOptions options)
    {
        var generator = new EventGenerator(options);
        var value = new byte[generator.MaxValueBytes];
        for (var record = 0; record < count; record++) producer.Produce(topic, record % 8, null, value[..generator.WriteValue(record, value)]);
    }

    // One in four cannot be read: it has no end.
    private static string LargeRecord(int record)
    {
        var text = new StringBuilder("""{"event_type":"order","user_id":1,"note":""" + "\"").Append('x', LargeBytes);
        return (record % 4 == 0 ? text : text.Append("\"}")).ToString();
    }
}
