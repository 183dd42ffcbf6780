using System.Runtime.InteropServices;
using System.Text;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>librdkafka without a wrapper: every partition forwarded to the consumer's queue, which is emptied in batches.</summary>
internal sealed unsafe class BatchClient : IDiscardClient
{
    private const int MaxMessages = 10_000;
    private const int PollMilliseconds = 100;
    private readonly nint _client;
    private readonly nint _queue;

    /// <summary>A consumer that has met a broker.</summary>
    /// <exception cref="InvalidOperationException">A property was refused, or no broker answered.</exception>
    public BatchClient(DiscardJob job)
    {
        var properties = TunedProperties.For(job);
        Span<byte> error = stackalloc byte[512];
        var conf = RdKafkaBatch.ConfNew();
        foreach (var (name, value) in properties)
            if (RdKafkaBatch.ConfSet(conf, name, value, error, (nuint)error.Length) != 0) throw Failure($"Setting '{name}'", error);
        _client = RdKafkaBatch.New(RdKafkaBatch.Consumer, conf, error, (nuint)error.Length);
        if (_client == 0) throw Failure("Creating a consumer", error);
        _queue = RdKafkaBatch.GetConsumerQueue(_client);
        var code = RdKafkaBatch.QueryWatermarks(_client, job.Topic, job.Bounds[0].Partition, out _, out _, 30_000);
        if (code != 0) throw Failure($"Asking for the watermarks of {job.Topic}", code);
    }

    /// <inheritdoc/>
    public Task<Tally> ReadAsync(string topic, PartitionBounds[] bounds)
    {
        var remaining = new Remaining(bounds);
        Assign(topic, bounds);
        var sum = default(Tally);
        var messages = (RdKafkaMessage**)NativeMemory.Alloc(MaxMessages, (nuint)sizeof(nint));
        while (remaining.Count > 0)
        {
            var count = RdKafkaBatch.ConsumeBatchQueue(_queue, PollMilliseconds, messages, MaxMessages);
            if (count < 0) throw Failure("Reading a batch", RdKafkaBatch.LastError());
            sum += Take(new ReadOnlySpan<nint>(messages, (int)count), remaining);
        }

        NativeMemory.Free(messages);
        Assign(topic, []);
        return Task.FromResult(sum);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        RdKafkaBatch.QueueDestroy(_queue);
        _ = RdKafkaBatch.ConsumerClose(_client);
        RdKafkaBatch.Destroy(_client);
        return ValueTask.CompletedTask;
    }

    private void Assign(string topic, PartitionBounds[] bounds)
    {
        var list = RdKafkaBatch.ListNew(bounds.Length);
        foreach (var (partition, low, _) in bounds)
        {
            RdKafkaBatch.ListAdd(list, topic, partition);
            RdKafkaBatch.ListSetOffset(list, topic, partition, low);
        }

        var code = RdKafkaBatch.Assign(_client, list);
        RdKafkaBatch.ListDestroy(list);
        if (code != 0) throw Failure($"Assigning {bounds.Length} partitions of {topic}", code);
    }

    private static Tally Take(ReadOnlySpan<nint> messages, Remaining remaining)
    {
        long records = 0, bytes = 0;
        foreach (var address in messages)
        {
            var message = (RdKafkaMessage*)address;
            if (message->Error == RdKafkaBatch.PartitionEof)
            {
                remaining.End(message->Partition);
            }
            else if (message->Error != 0)
            {
                throw Failure($"Reading partition {message->Partition} at offset {message->Offset}", message->Error);
            }
            else if (remaining.Wants(message->Partition, message->Offset))
            {
                records++;
                bytes += (long)(message->KeyLength + message->ValueLength);
            }

            RdKafkaBatch.MessageDestroy(message);
        }

        return new Tally(records, bytes);
    }

    private static InvalidOperationException Failure(string action, int code) =>
        new($"{action} failed: {Marshal.PtrToStringUTF8(RdKafkaBatch.ErrorText(code))}. The run does not count.");

    private static InvalidOperationException Failure(string action, ReadOnlySpan<byte> error) =>
        new($"{action} failed: {Encoding.UTF8.GetString(error[..Math.Max(0, error.IndexOf((byte)0))])}. The run does not count.");
}
