namespace Bayou.Parquet;

/// <summary>The <c>PageHeader</c> of <c>parquet.thrift</c>, with the fields of whichever kind of page it is.</summary>
internal readonly record struct PageHeader(PageKind Kind, int UncompressedBytes, int CompressedBytes)
{
    /// <summary>Entries of a data page, or values of a dictionary.</summary>
    public int Entries { get; init; }

    /// <summary>Encoding of the values.</summary>
    public PageEncoding Encoding { get; init; }

    /// <summary>Encoding of definition levels in a data page of version 1.</summary>
    public PageEncoding DefinitionEncoding { get; init; }

    /// <summary>Encoding of repetition levels in a data page of version 1.</summary>
    public PageEncoding RepetitionEncoding { get; init; }

    /// <summary>Bytes of definition levels in a data page of version 2.</summary>
    public int DefinitionBytes { get; init; }

    /// <summary>Bytes of repetition levels in a data page of version 2.</summary>
    public int RepetitionBytes { get; init; }

    /// <summary>True when the values of a data page of version 2 are compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Reads a header and tells how long it is.</summary>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var thrift = new ThriftReader(bytes);
        var header = new PageHeader((PageKind)(-1), -1, -1) { Entries = -1, IsCompressed = true };
        var outer = thrift.BeginStruct();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: header = header with { Kind = (PageKind)thrift.Int32() }; break;
                case 2: header = header with { UncompressedBytes = thrift.Int32() }; break;
                case 3: header = header with { CompressedBytes = thrift.Int32() }; break;
                case 5: header = ReadData(ref thrift, header); break;
                case 7: header = ReadDictionary(ref thrift, header); break;
                case 8: header = ReadDataV2(ref thrift, header); break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        length = thrift.Position;
        if (header.UncompressedBytes < 0 || header.CompressedBytes < 0) throw new ParquetException("a page header lacks its sizes");
        if (header.Kind != PageKind.Index && header.Entries < 0) throw new ParquetException("a page header lacks its number of values");
        return header;
    }

    private static PageHeader ReadData(ref ThriftReader thrift, PageHeader header)
    {
        var outer = thrift.StructField();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: header = header with { Entries = thrift.Int32() }; break;
                case 2: header = header with { Encoding = (PageEncoding)thrift.Int32() }; break;
                case 3: header = header with { DefinitionEncoding = (PageEncoding)thrift.Int32() }; break;
                case 4: header = header with { RepetitionEncoding = (PageEncoding)thrift.Int32() }; break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        return header;
    }

    private static PageHeader ReadDictionary(ref ThriftReader thrift, PageHeader header)
    {
        var outer = thrift.StructField();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: header = header with { Entries = thrift.Int32() }; break;
                case 2: header = header with { Encoding = (PageEncoding)thrift.Int32() }; break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        return header;
    }

    private static PageHeader ReadDataV2(ref ThriftReader thrift, PageHeader header)
    {
        var outer = thrift.StructField();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: header = header with { Entries = thrift.Int32() }; break;
                case 4: header = header with { Encoding = (PageEncoding)thrift.Int32() }; break;
                case 5: header = header with { DefinitionBytes = thrift.Int32() }; break;
                case 6: header = header with { RepetitionBytes = thrift.Int32() }; break;
                case 7: header = header with { IsCompressed = thrift.Bool() }; break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        return header;
    }
}
