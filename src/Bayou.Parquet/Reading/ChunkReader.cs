using System.Numerics;

namespace Bayou.Parquet;

/// <summary>Reads the pages of one column chunk out of its bytes, which are not trusted.</summary>
internal sealed class ChunkReader(ColumnChunkInfo chunk, long rows, ParquetReaderOptions options)
{
    private readonly long _limit = Math.Min(options.ChunkBytes, Array.MaxLength / 2);
    private readonly ByteBuffer _definitions = new();
    private readonly ByteBuffer _repetitions = new();
    private readonly PageDecompressor _decompressor = new();
    private int _entries;

    /// <summary>Where within the chunk the page begins that is being read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the chunk, which fills the first <paramref name="length"/> bytes of <paramref name="bytes"/>.</summary>
    public ColumnData Read(byte[] bytes, int length)
    {
        var column = chunk.Column;
        var store = new ValueStore(column.Width, _limit);
        var decoder = new ValueDecoder(column.Physical, store, _limit);
        try
        {
            while (_entries < chunk.Entries)
            {
                if (Position >= length) throw new ParquetException($"the pages end after {_entries} of {chunk.Entries} entries");
                var header = PageHeader.Read(bytes.AsSpan(Position, length - Position), out var headerBytes);
                var start = Position + headerBytes;
                if (header.CompressedBytes > length - start) throw new ParquetException($"a page of {header.CompressedBytes} bytes exceeds the column");
                if (header.UncompressedBytes > options.PageBytes || header.CompressedBytes > options.PageBytes)
                    throw new ParquetException($"a page of {header.UncompressedBytes} bytes exceeds the limit of {options.PageBytes}");
                ReadPage(header, bytes, start, decoder, store);
                Position = start + header.CompressedBytes;
            }

            CheckRows();
            var (data, ends) = store.Take();
            return new ColumnData(column, _entries, _definitions.Span.ToArray(), _repetitions.Span.ToArray(), data, ends);
        }
        finally
        {
            store.Release();
            decoder.Release();
            _definitions.Release();
            _repetitions.Release();
            _decompressor.Release();
        }
    }

    private void ReadPage(PageHeader header, byte[] bytes, int start, ValueDecoder decoder, ValueStore store)
    {
        switch (header.Kind)
        {
            case PageKind.Dictionary:
                decoder.ReadDictionary(header, _decompressor.Decompress(chunk.Codec, bytes, start, header.CompressedBytes, header.UncompressedBytes));
                break;
            case PageKind.Data:
                ReadData(header, _decompressor.Decompress(chunk.Codec, bytes, start, header.CompressedBytes, header.UncompressedBytes), decoder);
                break;
            case PageKind.DataV2:
                ReadDataV2(header, bytes, start, decoder);
                break;
            default:
                break;
        }

        if (store.SizeBytes + _definitions.Length + _repetitions.Length > _limit)
            throw new ParquetException($"the decoded column exceeds the limit of {_limit} bytes");
    }

    private void ReadData(PageHeader header, ReadOnlySpan<byte> page, ValueDecoder decoder)
    {
        Count(header.Entries);
        var column = chunk.Column;
        var input = new PageInput(page);
        if (column.MaxRepetitionLevel > 0)
        {
            Expect(header.RepetitionEncoding);
            ReadLevels(input.Take(input.Length()), column.MaxRepetitionLevel, header.Entries, _repetitions);
        }

        var values = header.Entries;
        if (column.MaxDefinitionLevel > 0)
        {
            Expect(header.DefinitionEncoding);
            values = ReadLevels(input.Take(input.Length()), column.MaxDefinitionLevel, header.Entries, _definitions);
        }

        decoder.Read(header.Encoding, input.TakeRest(), values);
    }

    private void ReadDataV2(PageHeader header, byte[] bytes, int start, ValueDecoder decoder)
    {
        Count(header.Entries);
        var column = chunk.Column;
        var levels = new PageInput(bytes.AsSpan(start, header.CompressedBytes));
        var repetitions = levels.Take(header.RepetitionBytes);
        var definitions = levels.Take(header.DefinitionBytes);
        if (column.MaxRepetitionLevel > 0) ReadLevels(repetitions, column.MaxRepetitionLevel, header.Entries, _repetitions);
        var values = header.Entries;
        if (column.MaxDefinitionLevel > 0) values = ReadLevels(definitions, column.MaxDefinitionLevel, header.Entries, _definitions);
        if (values == 0) return;
        var length = header.UncompressedBytes - levels.Position;
        if (length < 0) throw new ParquetException("the levels of a page exceed it");
        var codec = header.IsCompressed ? chunk.Codec : CompressionCodec.Uncompressed;
        decoder.Read(header.Encoding, _decompressor.Decompress(codec, bytes, start + levels.Position, levels.Left, length), values);
    }

    /// <summary>Reads levels and returns how many of them are the highest.</summary>
    private static int ReadLevels(ReadOnlySpan<byte> bytes, int max, int count, ByteBuffer output)
    {
        var decoder = new RleDecoder(bytes, BitOperations.Log2((uint)max) + 1);
        Span<int> levels = stackalloc int[1024];
        var highest = 0;
        for (; count > 0; count -= levels.Length)
        {
            var step = levels[..Math.Min(count, levels.Length)];
            decoder.Read(step);
            var room = output.Add(step.Length);
            for (var i = 0; i < step.Length; i++)
            {
                if (step[i] > max) throw new ParquetException($"a level is {step[i]}, though {max} is the highest");
                room[i] = (byte)step[i];
                if (step[i] == max) highest++;
            }
        }

        return highest;
    }

    private void Count(int entries)
    {
        if (entries > chunk.Entries - _entries) throw new ParquetException($"the pages have more than the {chunk.Entries} entries of the column");
        if (entries > _limit - _definitions.Length - _repetitions.Length)
            throw new ParquetException($"the levels exceed the limit of {_limit} bytes");
        _entries += entries;
    }

    private void CheckRows()
    {
        var begun = chunk.Column.MaxRepetitionLevel == 0 ? _entries : _repetitions.Span.Count((byte)0);
        if (begun != rows) throw new ParquetException($"the column has {begun} rows, its row group {rows}");
        if (_repetitions.Length > 0 && _repetitions.Span[0] != 0) throw new ParquetException("the column begins within a row");
    }

    private static void Expect(PageEncoding encoding)
    {
        if (encoding != PageEncoding.Rle) throw new ParquetException($"levels in encoding {encoding} are not supported");
    }
}
