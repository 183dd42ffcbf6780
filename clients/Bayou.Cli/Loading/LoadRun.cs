using Bayou.Kafka.Tools;
using Bayou.Load;

namespace Bayou.Cli.Loading;

/// <summary>Produces generated events to a topic, at a rate or as fast as the brokers take them.</summary>
internal sealed class LoadRun(EventGenerator generator, RecordProducer producer, string topic, TimeProvider time)
{
    private const int Burst = 1000;
    private static readonly TimeSpan FlushLimit = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Produces events 0 to <paramref name="count"/>, or until <paramref name="stopping"/>, and waits until the brokers have confirmed them.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="rate">Most events per second; 0 for no limit.</param>
    /// <param name="progress">Told now and then how many were produced.</param>
    /// <param name="stopping">Ends producing early; what was queued is still delivered.</param>
    /// <exception cref="Sources.SourceException">Records were given up or not confirmed.</exception>
    public async Task<LoadResult> RunAsync(long count, long rate, Action<long> progress, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        var key = new byte[EventGenerator.MaxKeyBytes];
        var value = new byte[generator.MaxValueBytes];
        long bytes = 0, done = 0;
        while (done < count && !stopping.IsCancellationRequested)
        {
            var end = Math.Min(count, done + Burst);
            for (; done < end; done++)
            {
                var keyBytes = key[..generator.WriteKey(done, key)];
                var valueBytes = value[..generator.WriteValue(done, value)];
                producer.Produce(topic, -1, keyBytes, valueBytes);
                bytes += keyBytes.Length + valueBytes.Length;
            }

            progress(done);
            var ahead = rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)done / rate) - time.GetElapsedTime(started);
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        producer.Flush(FlushLimit);
        return new LoadResult(done, bytes, time.GetElapsedTime(started));
    }
}
