using Bayou.Kafka.Records;
using Bayou.Kafka.Tests.Records.Compression;

namespace Bayou.Kafka.Tests.Records;

/// <summary>A record set with all that there is: compressions in turn, transactions, gaps, empty batches. The same for the same seed.</summary>
internal sealed class RandomSet
{
    private readonly Random _random;
    private readonly MemoryStream _bytes = new();
    private readonly List<AbortedTransaction> _aborted = [];
    private readonly Dictionary<long, bool> _open = [];

    public RandomSet(int seed)
    {
        _random = new Random(seed);
        for (var batches = _random.Next(1, 9); batches > 0; batches--) AddBatch();
    }

    public byte[] Bytes => _bytes.ToArray();

    public IReadOnlyList<AbortedTransaction> Aborted => _aborted;

    /// <summary>The records that count.</summary>
    public List<(long Offset, string? Value)> Expected { get; } = [];

    public long Next { get; private set; }

    private void AddBatch()
    {
        var offset = Next + (_random.Next(5) == 0 ? _random.Next(20) : 0);
        var producer = _random.Next(3);
        if (_random.Next(4) == 0 && _open.Remove(producer, out var wasAborted))
        {
            _bytes.Write(EncodedBatch.Marker(offset, producer, wasAborted ? (short)0 : (short)1));
            Next = offset + 1;
            return;
        }

        var isTransactional = producer > 0;
        var isAborted = isTransactional && IsAborted(producer, offset);
        var batch = new EncodedBatch(offset)
        {
            Compression = (RecordCompression)(_random.Next(3) > 0 ? 0 : _random.Next(Encoders.HasZstd ? 5 : 4)),
            Flags = isTransactional ? EncodedBatch.Transactional : (short)0,
            ProducerId = isTransactional ? producer : -1,
            LastOffsetDelta = _random.Next(4) == 0 ? 200 : null,
        };
        var delta = -1;
        for (var records = _random.Next(0, 60); records > 0; records--)
        {
            delta += _random.Next(1, 4);
            var value = _random.Next(10) == 0 ? null : new string((char)('a' + _random.Next(26)), _random.Next(10) == 0 ? _random.Next(2000) : _random.Next(60));
            batch.Add(_random.Next(2) == 0 ? null : "key", value, delta, _random.Next(-300, 300), _random.Next(3) == 0 ? [("header", null), ("other", "value")] : []);
            if (!isAborted) Expected.Add((offset + delta, value));
        }

        _bytes.Write(batch.ToArray());
        Next = batch.NextOffset;
    }

    private bool IsAborted(int producer, long offset)
    {
        if (!_open.TryGetValue(producer, out var isAborted))
        {
            isAborted = _open[producer] = _random.Next(2) == 0;
            if (isAborted) _aborted.Insert(0, new AbortedTransaction(producer, offset));
        }

        return isAborted;
    }
}
