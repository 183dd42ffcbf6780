using System.Text;
using Bayou.Grains.Routing;
using FsCheck;
using FsCheck.Fluent;
using static Bayou.Tests.Routing.RoutingSamples;
using Outcome = Bayou.Grains.Routing.Outcome;

namespace Bayou.Tests.Routing;

/// <summary>
/// Random and broken events, judged by System.Text.Json. <c>BAYOU_FUZZ</c> sets how many broken ones are tried: 1,000 unless said otherwise; of random ones a tenth, and 400 at least.
/// </summary>
public class JsonOracleTests
{
    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_FUZZ"), out var count) ? count : 1000;

    [Fact]
    public void Shred_random_documents_gives_what_the_oracle_reads() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Math.Max(400, Mutations / 10)), Prop.ForAll(JsonDocuments.Object(3).ToArbitrary(), json =>
        {
            AssertAgrees(new RowShredder(JsonOracle.Plan), Encoding.UTF8.GetBytes(json));
        }));

    [Fact]
    public void Shred_broken_documents_agrees_with_the_oracle_and_with_Classify()
    {
        var shredder = new RowShredder(JsonOracle.Plan);
        var random = new Random(20260301);
        var documents = Gen.Sample(JsonDocuments.Object(3), 200, 20).Select(Encoding.UTF8.GetBytes).ToArray();
        for (var i = 0; i < Mutations; i++)
        {
            var value = documents[random.Next(documents.Length)];
            for (var edits = random.Next(1, 4); edits > 0; edits--) value = Mutate(value, documents[random.Next(documents.Length)], random);
            AssertAgrees(shredder, value);
        }
    }

    [Fact]
    public void Shred_documents_that_look_like_earlier_ones_agrees_with_the_oracle()
    {
        var random = new Random(20261121);
        var documents = Gen.Sample(JsonDocuments.Object(2), 200, 20).Select(Encoding.UTF8.GetBytes).Where(value => JsonOracle.Expect(value) is not null).ToArray();
        for (var i = 0; i < Mutations; i++)
        {
            var shredder = new RowShredder(JsonOracle.Plan);
            var (value, other) = (documents[random.Next(documents.Length)], documents[random.Next(documents.Length)]);
            foreach (var earlier in new[] { value, other, value, other }) AssertAgrees(shredder, earlier, other);
            for (var variant = 0; variant < 5; variant++) AssertAgrees(shredder, Mutate(value, other, random), value);
        }
    }

    // What comes behind the event in its batch must make no difference.
    private static void AssertAgrees(RowShredder shredder, byte[] value, params byte[][] behind)
    {
        var batch = Batch(value);
        if (behind.Length > 0)
        {
            var data = (byte[])[.. batch.Data.Span, .. behind.SelectMany(more => more)];
            batch = new Bayou.Sources.MicroBatch(batch.Source, batch.Range, batch.Entries, data);
        }

        var plan = shredder.Plan;
        var expected = JsonOracle.Expect(value);

        shredder.ShredAll(batch);
        var outcomes = new Outcome[plan.Targets.Count];
        var outcome = shredder.Classify(batch[0], outcomes);

        var shown = Encoding.UTF8.GetString(value);
        Assert.True(expected is null == (outcome == RecordOutcome.Unreadable), $"{outcome}: {shown}");
        for (var target = 0; target < outcomes.Length; target++)
        {
            var (rows, bad) = (shredder.Rows(target), shredder.Quarantined(target));
            Assert.Equal(outcomes[target], (rows, bad) switch { (0, 0) => Outcome.None, (1, 0) => Outcome.Row, (0, 1) => Outcome.Quarantine, _ => (Outcome)9 });
            if (target == plan.QuarantineTarget) continue;
            var actual = bad == 1 ? "bad" : rows == 1 ? shredder.RowsOf(target)[0]["100: ".Length..] : null;
            if (actual != expected?[target]) Assert.Fail($"{plan.Targets[target].Name}: {actual ?? "nothing"} instead of {expected?[target] ?? "nothing"} from {shown}");
        }
    }

    private static byte[] Mutate(byte[] value, byte[] other, Random random)
    {
        var at = random.Next(value.Length + 1);
        var end = Math.Min(value.Length, at + random.Next(1, 6));
        byte[] interesting = [.. "{}[],:\"\\ \t0123456789-+.eEtfnux/\0"u8, 0x1F, 0x7F, 0x80, 0xC2, 0xED, 0xA0, 0xEF, 0xBB, 0xBF, 0xF0, 0xFF];
        return random.Next(7) switch
        {
            0 => value[..at],
            1 => [.. value[..at], .. value[end..]],
            2 => [.. value[..at], interesting[random.Next(interesting.Length)], .. value[at..]],
            3 => [.. value[..at], interesting[random.Next(interesting.Length)], .. value[end..]],
            4 => [.. value[..at], .. value[at..end], .. value[at..]],
            5 => [.. value[..at], (byte)random.Next(256), .. value[end..]],
            _ => [.. value[..at], .. other[Math.Min(at, other.Length)..]],
        };
    }
}
