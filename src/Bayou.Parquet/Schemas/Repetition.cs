namespace Bayou.Parquet;

/// <summary>How often a node occurs in its parent. The numbers are those of <c>FieldRepetitionType</c> in <c>parquet.thrift</c>.</summary>
public enum Repetition
{
    /// <summary>Once.</summary>
    Required = 0,

    /// <summary>Once or, as null, not at all.</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}
