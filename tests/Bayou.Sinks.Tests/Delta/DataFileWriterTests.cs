using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>How a commit's rows are cut into files and row groups.</summary>
public sealed class DataFileWriterTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1_000_000, 3, 3)] // a file ends with the slice that reaches the size
    [InlineData(1 << 20, 2, 1, 3)] // likewise a row group
    [InlineData(1 << 20, 3, 1, 2)]
    [InlineData(1 << 20, 1_000_000, 1, 1)]
    public async Task Commit_cuts_files_and_row_groups_behind_a_slice(long targetFileBytes, int rowGroupRows, int files, int rowGroups)
    {
        var options = new DeltaSinkOptions { Path = _folder.Path, TargetFileBytes = targetFileBytes, RowGroupRows = rowGroupRows };
        await using var sink = new DeltaSink(Context(Ids()), options);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2), IdRows(2, 2), IdRows(4, 2)], Move(0, 6)), default);

        var reader = DeltaTableReader.Open(_folder.Path);
        Assert.Equal((files, files), (result.FilesWritten, reader.Files.Count));
        Assert.Equal(result.BytesWritten, reader.Files.Sum(file => file.SizeBytes));
        Assert.Equal(rowGroups, reader.Read("id").Count());
        Assert.Equal([0, 1, 2, 3, 4, 5], reader.Read("id").SelectMany(rows => rows.Columns[0].Fixed<long>().ToArray()));
    }

    [Theory]
    [InlineData("snappy", ".snappy.parquet")]
    [InlineData("none", "-c000.parquet")]
    public async Task Commit_names_files_after_their_compression(string compression, string end)
    {
        await using var sink = new DeltaSink(Context(Ids()), new DeltaSinkOptions { Path = _folder.Path, Compression = compression });
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);

        await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.StartsWith("part-00000-", Assert.Single(_folder.DataFiles), StringComparison.Ordinal);
        Assert.EndsWith(end, _folder.DataFiles[0], StringComparison.Ordinal);
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }
}
