using System.Globalization;

namespace Bayou.Parquet;

public class InteroperationTests
{
    private const string Columns = """
        i % 3 = 0 AS b, i::INT AS n, (i * i * 7919)::BIGINT AS l, (i / 3.0)::FLOAT AS f, i / 7.0 AS d,
        'name ' || (i * i) AS s, 'kind ' || (i % 10) AS k, CASE WHEN i % 5 = 0 THEN NULL ELSE i END AS o,
        (i * 1.25)::DECIMAL(9,2) AS d9, (i * 1.25)::DECIMAL(18,4) AS d18, (i * 1.25)::DECIMAL(38,4) AS d38,
        TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_microseconds(i) AS t, DATE '2024-01-01' + i::INT AS y, [i, NULL, i + 1] AS a
        """;

    [FactWithLake]
    public void Write_limits_of_each_type_is_read_by_another_reader()
    {
        using var file = new TemporaryFile(TestFile.Write(RoundTripTests.Limits(Repetition.Optional)).Bytes);

        var rows = Lake.Scan($"""
            SELECT bool, int, long, float::VARCHAR AS float, isnan(double) AS nan, text, hex(bytes)[:8] AS bytes, length(hex(bytes)) AS size, date::VARCHAR AS date,
            epoch_us("at") AS "at", d9::VARCHAR AS d9, d18::VARCHAR AS d18, d19::VARCHAR AS d19, d38::VARCHAR AS d38 FROM read_parquet('{file.Path}')
            """);

        Assert.Equal(5, rows.Count);
        Assert.All(rows[0].EnumerateObject(), property => Assert.Equal(System.Text.Json.JsonValueKind.Null, property.Value.ValueKind));
        Assert.Equal(int.MinValue, rows[1].GetProperty("int").GetInt32());
        Assert.Equal(int.MaxValue, rows[2].GetProperty("int").GetInt32());
        Assert.Equal(long.MinValue, rows[1].GetProperty("long").GetInt64());
        Assert.Equal(long.MaxValue, rows[2].GetProperty("long").GetInt64());
        Assert.Equal("-0.0", rows[4].GetProperty("float").GetString());
        Assert.True(rows[3].GetProperty("nan").GetBoolean());
        Assert.False(rows[4].GetProperty("nan").GetBoolean());
        Assert.Equal("é😀\0", rows[3].GetProperty("text").GetString());
        Assert.Equal("00FF", rows[1].GetProperty("bytes").GetString());
        Assert.Equal(1000, rows[4].GetProperty("size").GetInt32());
        Assert.Equal("9999-12-31", rows[2].GetProperty("date").GetString());
        Assert.Equal(-62_135_596_800_000_000, rows[1].GetProperty("at").GetInt64());
        Assert.Equal("-9999999.99", rows[1].GetProperty("d9").GetString());
        Assert.Equal(".999999999999999999", rows[2].GetProperty("d18").GetString());
        Assert.Equal("-9999999999999999999", rows[1].GetProperty("d19").GetString());
        Assert.Equal("9999999999999999999999999999.9999999999", rows[2].GetProperty("d38").GetString());
        Assert.Equal("0.0000000001", rows[4].GetProperty("d38").GetString());
    }

    [FactWithLake]
    public void Write_many_pages_and_row_groups_is_read_and_filtered_by_another_reader()
    {
        TestColumn[] columns =
        [
            new(SchemaNode.Int64("n", Repetition.Required), [.. Enumerable.Range(0, 50_000).Select(i => (object)(long)i)]),
            new(SchemaNode.String("s", Repetition.Optional), [.. Enumerable.Range(0, 50_000).Select(i => i % 3 == 0 ? null : (object)System.Text.Encoding.UTF8.GetBytes($"kind {i % 20}"))]),
            new(SchemaNode.Double("d", Repetition.Optional), [.. Enumerable.Range(0, 50_000).Select(i => i / 1000 % 2 == 0 ? null : (object)(i * 0.5))]),
        ];
        using var file = new TemporaryFile(TestFile.Write(columns, new ParquetWriterOptions { PageRows = 3000 }, 777, 20_000).Bytes);

        var all = Lake.Scan($"SELECT count(*) AS c, sum(n) AS n, count(s) AS s, count(DISTINCT s) AS k, sum(d) AS d FROM read_parquet('{file.Path}')")[0];
        var some = Lake.Scan($"SELECT count(*) AS c FROM read_parquet('{file.Path}') WHERE s = 'kind 7' AND n BETWEEN 100 AND 30000")[0];

        Assert.Equal(50_000, all.GetProperty("c").GetInt32());
        Assert.Equal("1249975000", all.GetProperty("n").ToString());
        Assert.Equal(33_333, all.GetProperty("s").GetInt32());
        Assert.Equal(20, all.GetProperty("k").GetInt32());
        Assert.Equal(Enumerable.Range(0, 50_000).Where(i => i / 1000 % 2 == 1).Sum(i => i * 0.5), all.GetProperty("d").GetDouble());
        Assert.Equal(Enumerable.Range(100, 29_901).Count(i => i % 3 != 0 && i % 20 == 7), some.GetProperty("c").GetInt32());
    }

    [FactWithLake]
    public void Read_uncompressed_file_of_another_writer_gives_its_rows() => ReadOther("uncompressed", "v1");

    [FactWithLake]
    public void Read_snappy_file_of_another_writer_gives_its_rows() => ReadOther("snappy", "v1");

    [FactWithLake]
    public void Read_gzip_file_of_another_writer_gives_its_rows() => ReadOther("gzip", "v1");

    [FactWithLake]
    public void Read_brotli_file_of_another_writer_gives_its_rows() => ReadOther("brotli", "v1");

    [FactWithLake]
    public void Read_file_with_delta_and_split_encodings_of_another_writer_gives_its_rows() => ReadOther("snappy", "v2");

    [FactWithLake]
    public void Read_zstd_file_of_another_writer_names_file_column_and_codec()
    {
        using var file = CreateOther("zstd", "v1");
        using var stream = File.OpenRead(file.Path);
        using var reader = new ParquetReader(stream, "other.parquet");

        var broken = Assert.Throws<ParquetException>(() => reader.ReadColumn(0, reader.Schema.Leaves[0]));

        Assert.StartsWith("other.parquet, byte 4: column b of row group 0: codec Zstd is not supported", broken.Message, StringComparison.Ordinal);
    }

    private static void ReadOther(string codec, string version)
    {
        using var file = CreateOther(codec, version);
        using var stream = File.OpenRead(file.Path);
        using var reader = new ParquetReader(stream, "other.parquet");

        object?[] Read(string path) => TestFile.ReadColumn(reader, reader.Schema.Find(path)!.Index);
        var rows = Enumerable.Range(0, 30_000).ToArray();
        Assert.Equal(30_000, reader.Rows);
        Assert.Equal(rows.Select(i => (object?)(i % 3 == 0)), Read("b"));
        Assert.Equal(rows.Select(i => (object?)i), Read("n"));
        Assert.Equal(rows.Select(i => (object?)(i * (long)i * 7919)), Read("l"));
        Assert.Equal(rows.Select(i => (object?)(float)(i / 3.0)), Read("f"));
        Assert.Equal(rows.Select(i => (object?)(i / 7.0)), Read("d"));
        Assert.Equal(rows.Select(i => string.Create(CultureInfo.InvariantCulture, $"name {i * (long)i}")), Texts(Read("s")));
        Assert.Equal(rows.Select(i => $"kind {i % 10}"), Texts(Read("k")));
        Assert.Equal(rows.Select(i => i % 5 == 0 ? null : (object?)(long)i), Read("o"));
        Assert.Equal(rows.Select(i => (object?)(i * 125L)), Read("d9"));
        Assert.Equal(rows.Select(i => (object?)(i * 12_500L)), Read("d18"));
        Assert.Equal(rows.Select(i => (object?)(Int128)(i * 12_500L)), Read("d38"));
        Assert.Equal(rows.Select(i => (object?)(1_704_067_200_000_000 + i)), Read("t"));
        Assert.Equal(rows.Select(i => (object?)(19_723 + i)), Read("y"));
        var elements = reader.ReadColumn(0, reader.Schema.Leaves[^1]);
        Assert.Equal(1, elements.Column.MaxRepetitionLevel);
        Assert.Equal(elements.Entries / 3 * 2, elements.ValueCount);
        Assert.Equal([0L, 1L, 1L, 2L, 2L, 3L], elements.Values<long>()[..6].ToArray());
        Assert.Equal(new byte[] { 0, 1, 1, 0, 1, 1 }, elements.RepetitionLevels[..6].ToArray());
        Assert.Equal(0, reader.RowGroups[0].Columns[1].Statistics.MinAs<int>());
    }

    private static TemporaryFile CreateOther(string codec, string version)
    {
        var file = new TemporaryFile();
        Lake.Scan($"COPY (SELECT {Columns} FROM range(30000) r(i)) TO '{file.Path}' (FORMAT parquet, CODEC {codec}, PARQUET_VERSION {version}, ROW_GROUP_SIZE 10000)");
        return file;
    }

    private static IEnumerable<string> Texts(object?[] values) => values.Select(value => System.Text.Encoding.UTF8.GetString((byte[])value!));
}
