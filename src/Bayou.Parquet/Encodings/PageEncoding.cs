namespace Bayou.Parquet;

/// <summary>How the values or levels of a page are encoded, as numbered by <c>Encoding</c> in <c>parquet.thrift</c>.</summary>
internal enum PageEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    RleDictionary = 8,
    ByteStreamSplit = 9,
}
