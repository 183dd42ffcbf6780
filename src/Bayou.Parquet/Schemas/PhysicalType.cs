namespace Bayou.Parquet;

/// <summary>How a leaf's values are stored. The numbers are those of <c>Type</c> in the Apache Parquet format's <c>parquet.thrift</c>.</summary>
public enum PhysicalType
{
    /// <summary>One bit.</summary>
    Boolean = 0,

    /// <summary>32 bits, little-endian, signed unless the logical type says otherwise.</summary>
    Int32 = 1,

    /// <summary>64 bits, little-endian, signed unless the logical type says otherwise.</summary>
    Int64 = 2,

    /// <summary>96 bits: the old timestamp of Hive and Impala. Read, never written.</summary>
    Int96 = 3,

    /// <summary>IEEE 754 single precision.</summary>
    Float = 4,

    /// <summary>IEEE 754 double precision.</summary>
    Double = 5,

    /// <summary>Bytes of any length.</summary>
    ByteArray = 6,

    /// <summary>Bytes of the length that the schema gives.</summary>
    FixedLenByteArray = 7,
}
