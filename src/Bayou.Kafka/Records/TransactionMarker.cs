using System.Buffers.Binary;
using Bayou.Sources;

namespace Bayou.Kafka.Records;

/// <summary>The one record of a control batch that ends a transaction. Its key has a version and a type, of two bytes each.</summary>
internal static class TransactionMarker
{
    private const short Abort = 0;

    /// <summary>Reads whether a marker aborts its transaction; false when the records are no marker.</summary>
    public static bool TryRead(ReadOnlySpan<byte> records, in RecordBatchHeader header, out bool isAbort)
    {
        isAbort = false;
        Span<RecordEntry> marker = stackalloc RecordEntry[1];
        // Brokers write them one to a batch and uncompressed.
        if (header.RecordCount != 1 || header.Compression != RecordCompression.None || RecordDecoder.Decode(records, header, 0, marker) is not null) return false;
        if (marker[0].KeyLength < 4) return false;
        isAbort = BinaryPrimitives.ReadInt16BigEndian(records[(marker[0].KeyStart + 2)..]) == Abort;
        return true;
    }
}
