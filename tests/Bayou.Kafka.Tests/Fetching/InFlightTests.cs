using System.Text;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Readers that end while their records are on the way, and buffers that somebody still looks at.</summary>
public sealed class InFlightTests : FetchingScenario
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reader_that_ends_while_its_response_is_on_the_way_leaves_nothing_to_the_next(bool isTakenOver)
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 50, perBatch: 10);
        var gate = new TaskCompletionSource();
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.Default.When(gate.Task));
        var older = OpenReader(from: 100);
        await Broker.SeenAsync(IsFetch);

        if (!isTakenOver) await older.DisposeAsync();
        var reading = Read(from: 40);
        gate.SetResult();

        Assert.Equal(Values(40, 500), (await reading.ToAsync(500, maxRecords: 33)).Values);
        if (!isTakenOver) return;
        Assert.Equal(SourceErrorKind.TakenOver, (await Assert.ThrowsAsync<SourceException>(async () => await older.ReadAsync(1, 1, default))).Kind);
    }

    [Fact]
    public async Task Reader_that_ends_between_two_responses_leaves_nothing_to_the_next()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 50, perBatch: 10);
        for (var from = 0; from < 400; from += 40)
        {
            await using var reader = OpenReader(from: from);
            await new Reading(reader, from).OnceAsync(maxRecords: 3);
        }

        Assert.Equal(Values(400, 500), (await Read(from: 400).ToAsync(500)).Values);
    }

    [Fact]
    public async Task Reader_that_ends_in_the_middle_of_its_records_gives_the_buffer_back()
    {
        var topic = await OpenAsync();
        topic[0].Append(new string('a', 200_000));
        var reader = OpenReader();
        await Broker.SeenAsync(IsFetch);
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.Default.StallAfter(50_000));
        topic[0].Append(new string('b', 200_000));
        await new Reading(reader, 0).ToAsync(1);

        // The response never comes whole; the scenario's end sees that its buffer is back.
        await Broker.SeenAsync(request => AsksFor(request, 0, 1));
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task Batch_that_is_not_released_yet_is_not_written_over()
    {
        var topic = await OpenAsync();
        for (var i = 0; i < 200; i++) topic[0].Append($"{i:D4}{new string('x', 5000)}");
        var reader = OpenReader();
        var held = new Queue<MicroBatch>();
        var seen = new List<string>();

        while (seen.Count < 200)
        {
            held.Enqueue(await reader.ReadAsync(3, 1 << 20, default));
            if (held.Count > 8) Look(held.Dequeue(), seen);
            if (held.Sum(batch => batch.Count) + seen.Count == 200)
            {
                await reader.DisposeAsync();
                while (held.Count > 0) Look(held.Dequeue(), seen);
            }
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i:D4}xxx"), seen);
    }

    private static void Look(MicroBatch batch, List<string> seen)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Assert.Equal(5004, batch[i].Value.Length);
            seen.Add(Encoding.UTF8.GetString(batch[i].Value[..7]));
        }

        batch.Release();
    }
}
