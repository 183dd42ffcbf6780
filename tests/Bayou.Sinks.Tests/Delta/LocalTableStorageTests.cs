using System.Text;
using Bayou.Sinks.Delta;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Files of a table on a local disk.</summary>
public sealed class LocalTableStorageTests : IDisposable
{
    private readonly TableFolder _folder = new();
    private readonly LocalTableStorage _storage;

    public LocalTableStorageTests() => _storage = new LocalTableStorage(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryCreate_of_a_name_that_is_taken_is_false_and_leaves_the_file()
    {
        Assert.True(_storage.TryCreate("a/b.json", "one"u8.ToArray()));
        Assert.False(_storage.TryCreate("a/b.json", "two"u8.ToArray()));

        Assert.Equal("one", Encoding.UTF8.GetString(_storage.TryRead("a/b.json")!));
        Assert.Equal(["b.json"], _storage.List("a"));
    }

    [Fact]
    public async Task TryCreate_by_many_at_once_has_one_winner_each_time()
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"log/{round}.json";
            using var start = new Barrier(4);
            var wins = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return _storage.TryCreate(name, Encoding.UTF8.GetBytes($"writer {i}")) ? i : -1;
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.Equal($"writer {wins.Single(i => i >= 0)}", Encoding.UTF8.GetString(_storage.TryRead(name)!));
        }
    }

    [Fact]
    public void TryLink_to_a_name_that_is_taken_is_false()
    {
        if (OperatingSystem.IsWindows()) return;
        var (one, two) = (Path.Combine(_folder.Path, "one"), Path.Combine(_folder.Path, "two"));
        File.WriteAllText(one, "1");
        File.WriteAllText(two, "2");

        Assert.False(PosixCalls.TryLink(one, two));
        Assert.True(PosixCalls.TryLink(one, two + "b"));
        Assert.Contains("link (the file system must have hard links) of", Assert.Throws<IOException>(() => PosixCalls.TryLink(one + "missing", two + "c")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_overwrites_whole_and_leaves_no_temporary_file()
    {
        _storage.Replace("log/p", stream => stream.Write("long content"u8));
        _storage.Replace("log/p", stream => stream.Write("short"u8));
        Assert.Throws<InvalidOperationException>(() => _storage.Replace("log/p", _ => throw new InvalidOperationException()));

        Assert.Equal("short", Encoding.UTF8.GetString(_storage.TryRead("log/p")!));
        Assert.Equal(["p"], _storage.List("log"));
    }

    [Fact]
    public void Missing_files_and_folders_are_null_empty_or_nothing()
    {
        Assert.Null(_storage.TryRead("none/x"));
        Assert.Null(_storage.Tag("none/x"));
        Assert.Empty(_storage.List("none"));
        _storage.Delete("none/x");
        Assert.ThrowsAny<IOException>(() => _storage.OpenRead("none/x"));
    }

    [Fact]
    public void Tag_differs_when_the_file_is_another_one()
    {
        _storage.TryCreate("a", "1"u8.ToArray());
        var before = _storage.Tag("a");

        _storage.Replace("a", stream => stream.Write("22"u8));

        Assert.NotEqual(before, _storage.Tag("a"));
    }
}
