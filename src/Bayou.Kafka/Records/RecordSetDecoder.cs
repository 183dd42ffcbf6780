using Bayou.Kafka.Records.Compression;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Records;

/// <summary>
/// Decodes one fetched record set into micro-batches, in order and without gaps: a batch is checked as a whole before any of its records is handed out, and
/// nothing behind a batch that cannot be decoded is. Uncompressed records stay in the response's buffer. One caller at a time.
/// </summary>
/// <param name="source">The partition.</param>
/// <param name="pool">Gives buffers for entries and for what is decompressed.</param>
/// <param name="buffer">The response; the decoder takes the caller's hold over.</param>
/// <param name="start">Where the record set begins in it.</param>
/// <param name="length">Bytes of the record set.</param>
/// <param name="aborted">Transactions of which no record is handed out; null hands out those of open and aborted ones, too.</param>
/// <param name="checkCrcs">Whether each batch's checksum is compared.</param>
/// <param name="maxBatchBytes">Largest batch that is taken at all, in bytes, before and after decompression.</param>
internal sealed class RecordSetDecoder(
    TopicPartition source, BufferPool pool, PooledBuffer buffer, int start, int length, IReadOnlyList<AbortedTransaction>? aborted, bool checkCrcs,
    int maxBatchBytes) : IDisposable
{
    private readonly byte[] _array = buffer.Array;
    private readonly EntryList _entries = new(pool);
    private readonly DecompressedBytes _decompressed = new(pool);
    private readonly AbortedTransactions? _aborted = aborted is { Count: > 0 } ? new AbortedTransactions(aborted) : null;
    private readonly BatchSizing _sizing = new(maxBatchBytes);
    private BatchCursor _cursor = new(maxBatchBytes);
    private RecordProblem? _problem;
    private Exception? _cause;
    private bool _hasBatch;
    private bool _isAtEnd;
    private bool _isDisposed;

    // Where reading resumes behind all that was decoded or left out.
    private long _next = long.MinValue;

    // The waiting entries count from here: in the response, or in what was decompressed.
    private int _base;
    private bool _isBaseDecompressed;

    /// <summary>
    /// The next micro-batch, which begins at <paramref name="position"/> and has no record below; null when the set is used up. It has no record when only
    /// control records, aborted ones or gaps are left.
    /// </summary>
    /// <param name="position">Where reading resumes; never lower than where the last micro-batch ended.</param>
    /// <param name="maxRecords">Most records, at least 1.</param>
    /// <param name="maxBytes">Most bytes of data; a single larger record comes alone.</param>
    /// <exception cref="CorruptRecordsException">The batch at the position cannot be decoded; everything before it was handed out.</exception>
    public MicroBatch? Next(long position, int maxRecords, int maxBytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _entries.DropBelow(position);
        while (_entries.Count < maxRecords && WaitingBytes < maxBytes && TryFindBatch(position) && TryDecode(maxRecords, maxBytes)) _entries.DropBelow(position);
        if (_entries.Count > 0) return Take(position, maxRecords, maxBytes);
        if (_next > position) return new MicroBatch(source, new OffsetRange(position, _next), default, default);
        return _problem is null ? null : throw _problem.ToException(source, _cause);
    }

    /// <summary>Gives back what the decoder holds; micro-batches that were handed out stay valid.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _entries.Release();
        _decompressed.Release();
        buffer.Return();
    }

    private int WaitingBytes => _entries.Waiting is [var first, ..] and [.., var last] ? End(last) - first.KeyStart : 0;

    private ReadOnlySpan<byte> Set => _array.AsSpan(start, length);

    // Goes to the next batch with records to hand out, unless it is there already.
    private bool TryFindBatch(long position)
    {
        while (!_hasBatch && !_isAtEnd && _problem is null)
        {
            switch (_cursor.MoveNext(Set))
            {
                case BatchStep.Batch:
                    _hasBatch = Counts(_cursor.Header, position);
                    break;
                case BatchStep.Malformed:
                    _problem = _cursor.Problem;
                    break;
                case BatchStep.Incomplete when _cursor.WholeBytes == 0:
                    _problem = new RecordProblem(CorruptRecordsKind.TooLarge, position, $"the response holds {length} bytes of it, too few for even one whole batch (max.partition.fetch.bytes)");
                    break;
                default:
                    _isAtEnd = true;
                    break;
            }
        }

        return _hasBatch;
    }

    // Whether anything of a batch is to be handed out; if not, it is passed by here, or is a problem.
    private bool Counts(in RecordBatchHeader header, long position)
    {
        if (checkCrcs && Crc32C.Compute(Set[(_cursor.Start + RecordBatchHeader.ChecksumStart).._cursor.WholeBytes]) is var checksum && checksum != header.Checksum)
            return Fail($"its checksum is {header.Checksum:x8} and its bytes have {checksum:x8}");
        if (header.IsControl)
        {
            if (_aborted is not null && header.IsTransactional && header.RecordCount != 0)
            {
                if (!TransactionMarker.TryRead(Records, header, out var isAbort)) return Fail("it is not the transaction marker that it claims to be");
                if (isAbort) _aborted.EndAt(header);
            }
        }
        else if (_aborted?.Holds(header) != true && header.NextOffset > position)
        {
            return true;
        }

        _next = header.NextOffset;
        return false;
    }

    private ReadOnlySpan<byte> Records => Set[(_cursor.Start + RecordBatchHeader.Size).._cursor.WholeBytes];

    // Decodes the batch that was found; false when what waits has to be handed out first, or the batch cannot be decoded.
    private bool TryDecode(int maxRecords, int maxBytes)
    {
        var header = _cursor.Header;
        // A micro-batch has one buffer of data.
        var isCompressed = header.Compression != RecordCompression.None && !Records.IsEmpty;
        if (_entries.Count > 0 && isCompressed != _isBaseDecompressed) return false;
        if (isCompressed && !MakeRoom(maxBytes)) return false;

        _hasBatch = false;
        var recordsStart = start + _cursor.Start + RecordBatchHeader.Size;
        var records = isCompressed ? Decompress(header.Compression, recordsStart) : Records;
        if (_problem is not null) return false;
        if (isCompressed) recordsStart = _decompressed.Start;
        if (_entries.Count == 0) (_base, _isBaseDecompressed) = (recordsStart, isCompressed);

        var count = header.RecordCount;
        if ((uint)count > (uint)(records.Length / RecordDecoder.SmallestRecordBytes))
            return Fail($"it claims {count} records in {records.Length} bytes");
        var usual = BatchSizing.UsualRecords(count, records.Length, _cursor.WholeBytes - _cursor.Start, length - _cursor.Start, maxRecords, maxBytes);
        if (RecordDecoder.Decode(records, header, recordsStart - _base, _entries.Reserve(count, usual)) is { } reason) return Fail(reason);
        _entries.Add(count);
        _next = header.NextOffset;
        return true;
    }

    // Where there is no room behind what waits, that moves to a new buffer if it is little, and is handed out first if it is not.
    private bool MakeRoom(int maxBytes)
    {
        var expected = _sizing.ExpectedBytes(Records.Length);
        if (_decompressed.Free >= expected) return true;
        var waiting = WaitingBytes;
        if (waiting > maxBytes / 4) return false;
        var keep = waiting > 0 ? _base + _entries.Waiting[0].KeyStart : _decompressed.End;
        _decompressed.MoveToNew(waiting + _sizing.UsualBytes(Records.Length, length - _cursor.Start, maxBytes), keep);
        _base -= keep;
        return true;
    }

    private ReadOnlySpan<byte> Decompress(RecordCompression compression, int recordsStart)
    {
        _decompressed.Begin(maxBatchBytes);
        try
        {
            Decompressor.Decompress(compression, _array, recordsStart, Records.Length, _decompressed);
        }
        catch (DecompressionException broken)
        {
            _cause = broken;
            Fail(broken.Message, broken.Kind);
            return default;
        }

        var records = _decompressed.Array.AsSpan(_decompressed.Start, _decompressed.End - _decompressed.Start);
        _sizing.Decompressed(Records.Length, records.Length);
        return records;
    }

    private MicroBatch Take(long position, int maxRecords, int maxBytes)
    {
        var waiting = _entries.Waiting;
        var first = waiting[0].KeyStart;
        var count = Fitting(waiting[..Math.Min(waiting.Length, maxRecords)], maxBytes);
        var next = count < waiting.Length ? waiting[count].Offset : _next;
        var data = new ReadOnlyMemory<byte>(_isBaseDecompressed ? _decompressed.Array : _array, _base + first, End(waiting[count - 1]) - first);
        if (first != 0)
        {
            foreach (ref var entry in waiting[..count])
                entry = entry with { KeyStart = entry.KeyStart - first, ValueStart = entry.ValueStart - first, HeadersStart = entry.HeadersStart - first };
        }

        var (entries, entriesBuffer) = _entries.Take(count);
        return new MicroBatch(source, new OffsetRange(position, next), entries, data, (_isBaseDecompressed ? _decompressed.Buffer! : buffer).Share(), entriesBuffer);
    }

    // How many of the entries fit into the bytes, the first always.
    private static int Fitting(ReadOnlySpan<RecordEntry> entries, int maxBytes)
    {
        var (fits, tooMany) = (1, entries.Length + 1);
        if (End(entries[^1]) - entries[0].KeyStart <= maxBytes) return entries.Length;
        while (tooMany - fits > 1)
        {
            var middle = fits + (tooMany - fits) / 2;
            if (End(entries[middle - 1]) - entries[0].KeyStart <= maxBytes) fits = middle;
            else tooMany = middle;
        }

        return fits;
    }

    // The headers come last in a record, if there are any or not.
    private static int End(in RecordEntry entry) => entry.HeadersStart + entry.HeadersLength;

    private bool Fail(string reason, CorruptRecordsKind kind = CorruptRecordsKind.Corrupt)
    {
        _problem = new RecordProblem(kind, _cursor.Header.BaseOffset, reason);
        return false;
    }
}
