namespace Bayou.Parquet;

/// <summary>Compresses pages and puts their headers before them. Shared by the columns of a writer.</summary>
internal sealed class PageSink(CompressionCodec codec)
{
    private readonly SnappyEncoder _snappy = new();
    private readonly ByteBuffer _compressed = new();
    private readonly ByteBuffer _header = new();

    /// <summary>Where a column puts a page together before it is compressed.</summary>
    public ByteBuffer Page { get; } = new();

    /// <summary>Appends <see cref="Page"/> as a data page of version 1, and empties it.</summary>
    /// <returns>Bytes of header and page before compression.</returns>
    public int WriteData(ByteBuffer chunk, int entries, PageEncoding encoding) => Write(chunk, PageKind.Data, thrift =>
    {
        thrift.BeginStruct(5);
        thrift.Int32(1, entries);
        thrift.Int32(2, (int)encoding);
        thrift.Int32(3, (int)PageEncoding.Rle);
        thrift.Int32(4, (int)PageEncoding.Rle);
        thrift.EndStruct();
    });

    /// <summary>Appends <see cref="Page"/> as a dictionary page, and empties it.</summary>
    /// <returns>Bytes of header and page before compression.</returns>
    public int WriteDictionary(ByteBuffer chunk, int values) => Write(chunk, PageKind.Dictionary, thrift =>
    {
        thrift.BeginStruct(7);
        thrift.Int32(1, values);
        thrift.Int32(2, (int)PageEncoding.Plain);
        thrift.EndStruct();
    });

    /// <summary>Gives the memory up.</summary>
    public void Release()
    {
        Page.Release();
        _compressed.Release();
        _header.Release();
    }

    private int Write(ByteBuffer chunk, PageKind kind, Action<ThriftWriter> details)
    {
        var body = Page;
        if (codec == CompressionCodec.Snappy)
        {
            _compressed.Clear();
            _compressed.Commit(_snappy.Encode(Page.Span, _compressed.Reserve(SnappyEncoder.MaxLength(Page.Length))));
            body = _compressed;
        }

        _header.Clear();
        var thrift = new ThriftWriter(_header);
        thrift.BeginStruct();
        thrift.Int32(1, (int)kind);
        thrift.Int32(2, Page.Length);
        thrift.Int32(3, body.Length);
        details(thrift);
        thrift.EndStruct();
        chunk.Append(_header.Span);
        chunk.Append(body.Span);
        var bytes = _header.Length + Page.Length;
        Page.Clear();
        return bytes;
    }
}
