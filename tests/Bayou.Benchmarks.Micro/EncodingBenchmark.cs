using Bayou.Benchmarks.Micro.Events;
using Bayou.Grains.Routing;
using Bayou.Parquet;
using Bayou.Sinks;
using Bayou.Sinks.Delta;
using Bayou.Slices;
using BenchmarkDotNet.Attributes;

namespace Bayou.Benchmarks.Micro;

/// <summary>Rows become Parquet, and the parts of that: a row of the table of orders, or a value.</summary>
[MemoryDiagnoser]
public class EncodingBenchmark : IDisposable
{
    private const int Rows = 40_000;

    private readonly byte[][] _words = [.. Enumerable.Range(0, Rows).Select(i => System.Text.Encoding.UTF8.GetBytes($"BOOK-{i * 7919 % 5000:D5}"))];
    private readonly byte[] _page = [.. SampleEvents.Values().SelectMany(value => value).Take(256 << 10)];
    private readonly byte[] _compressed = new byte[SnappyEncoder.MaxLength(256 << 10)];
    private readonly SnappyEncoder _snappy = new();
    private readonly BytesDictionary _dictionary = new();
    private readonly MemoryStream _file = new();
    private readonly ColumnAppender _appender = new();
    private readonly TableLayout _layout;
    private readonly ParquetFileWriter _writer;
    private readonly ParquetFileWriter _uncompressed;
    private readonly RowSelection _rows;

    public EncodingBenchmark()
    {
        var definition = SampleEvents.Definition();
        var shredder = new RowShredder(RoutingPlan.Compile(definition, 1));
        var orders = definition.Tables[0];
        var target = shredder.Plan.IndexOf(orders.Name);
        var wanted = new bool[shredder.Plan.Targets.Count];
        wanted[target] = true;
        var batch = SampleEvents.Batch();
        shredder.Shred(batch, 0, long.MaxValue, wanted, int.MaxValue);
        var slice = shredder.BuildSlice(target, batch.Source, 1, 0, SampleEvents.Count, BufferPool.Shared)!;
        var range = new RowBlockRange(batch.Source, 1, slice.Rows, 0);
        _rows = new RowSelection(range, 0, range.Rows, null);
        _layout = new TableLayout(orders, [], withGeneration: false);
        var schema = ParquetColumns.Schema(_layout.FileColumns);
        (_writer, _uncompressed) = (new ParquetFileWriter(schema), new ParquetFileWriter(schema, new ParquetWriterOptions { Codec = CompressionCodec.Uncompressed }));
    }

    /// <summary>A file of columns, dictionaries and statistics.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long ParquetUncompressed() => Write(_uncompressed);

    /// <summary>The same with Snappy.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public long Parquet() => Write(_writer);

    /// <summary>A value looked up in a dictionary of 5,000, which is built anew.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int Dictionary()
    {
        _dictionary.Clear();
        foreach (var word in _words) _dictionary.CodeOf(word);
        return _dictionary.Count;
    }

    /// <summary>A kilobyte of JSON compressed.</summary>
    [Benchmark(OperationsPerInvoke = 256)]
    public int SnappyKilobyte() => _snappy.Encode(_page, _compressed);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _uncompressed.Dispose();
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    // As many rows as there are of a table in some hundred thousand events, a slice at a time.
    private long Write(ParquetFileWriter writer)
    {
        _file.SetLength(0);
        writer.Begin(_file);
        for (var rows = 0; rows < Rows; rows += _rows.Count)
            for (var i = 0; i < _layout.FileColumns.Count; i++) _appender.Append(writer.Columns[i], _layout.FileColumns[i], rows + _rows.Count <= Rows ? _rows : _rows with { Count = Rows - rows });
        return writer.Finish().Rows;
    }
}
