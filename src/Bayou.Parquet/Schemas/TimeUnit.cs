namespace Bayou.Parquet;

/// <summary>Unit of a time or timestamp. The numbers are the field ids of the union <c>TimeUnit</c> in <c>parquet.thrift</c>.</summary>
public enum TimeUnit
{
    /// <summary>1/1,000 of a second.</summary>
    Milliseconds = 1,

    /// <summary>1/1,000,000 of a second.</summary>
    Microseconds = 2,

    /// <summary>1/1,000,000,000 of a second.</summary>
    Nanoseconds = 3,
}
