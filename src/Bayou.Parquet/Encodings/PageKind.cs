namespace Bayou.Parquet;

/// <summary>Kinds of page, as numbered by <c>PageType</c> in <c>parquet.thrift</c>.</summary>
internal enum PageKind
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}
