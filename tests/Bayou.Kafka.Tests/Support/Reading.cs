using System.Text;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Support;

/// <summary>What a test got out of a reader: batches are checked to be contiguous and released.</summary>
internal sealed class Reading(IPartitionReader reader, long from)
{
    public List<(long Offset, string? Key, string? Value)> Records { get; } = [];

    public long Next { get; private set; } = from;

    public int Batches { get; private set; }

    public IEnumerable<string?> Values => Records.Select(record => record.Value);

    /// <summary>Reads one batch.</summary>
    public async Task<int> OnceAsync(int maxRecords = 1000, int maxBytes = 1 << 20, int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var batch = await reader.ReadAsync(maxRecords, maxBytes, limit.Token);
        Assert.Equal(Next, batch.Range.First);
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            Assert.InRange(record.Offset, Next, batch.Range.Next - 1);
            Records.Add((record.Offset, record.HasKey ? Encoding.UTF8.GetString(record.Key) : null, record.HasValue ? Encoding.UTF8.GetString(record.Value) : null));
        }

        Next = batch.Range.Next;
        Batches++;
        var count = batch.Count;
        batch.Release();
        return count;
    }

    /// <summary>Reads until <see cref="Next"/> is there. A reader that says why it has to wait goes on by itself.</summary>
    public async Task<Reading> ToAsync(long next, int maxRecords = 1000, int maxBytes = 1 << 20, int seconds = 60)
    {
        while (Next < next)
        {
            try
            {
                await OnceAsync(maxRecords, maxBytes, seconds);
            }
            catch (SourceException wait) when (wait.Kind == SourceErrorKind.Transient)
            {
                Waits.Add(wait.Message);
                Assert.True(Waits.Count < 20, wait.Message);
            }
        }

        return this;
    }

    /// <summary>What the reader said while it had to wait.</summary>
    public List<string> Waits { get; } = [];
}
