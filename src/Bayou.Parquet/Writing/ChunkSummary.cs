namespace Bayou.Parquet;

/// <summary>What the footer has to say of one column chunk.</summary>
/// <param name="Entries">Values and what is missing.</param>
/// <param name="UncompressedBytes">Bytes of all pages before compression, headers included.</param>
/// <param name="CompressedBytes">Bytes of all pages in the file, headers included.</param>
/// <param name="DictionaryBytes">Bytes of the dictionary page among them; 0 when there is none.</param>
/// <param name="HasPlainPages">True when a data page is PLAIN.</param>
/// <param name="DeltaPages">The encoding of its data pages that are neither PLAIN nor of the dictionary; null when there are none.</param>
/// <param name="Statistics">Null count and bounds.</param>
internal readonly record struct ChunkSummary(
    long Entries, long UncompressedBytes, long CompressedBytes, long DictionaryBytes, bool HasPlainPages, PageEncoding? DeltaPages, ColumnStatistics Statistics);
