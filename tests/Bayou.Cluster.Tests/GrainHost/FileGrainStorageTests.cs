using Bayou.Storage;
using Orleans.Storage;

namespace Bayou.Cluster.Tests.GrainHost;

public sealed class FileGrainStorageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("bayou-storage").FullName;

    private static readonly string[] s_keys =
        ["../../etc/passwd", "a/b/c", "..", ".", "CON", "a\0b", "A", "a", "ümläut/%2F", new string('x', 5000), new string('x', 5001), " ", "a\\b:c*?\"<>|", "a~b"];

    public static TheoryData<string> HostileKeys => [.. s_keys];

    public void Dispose() => Directory.Delete(_root, true);

    [Fact]
    public async Task State_is_read_back_by_another_storage_over_the_same_folder()
    {
        var id = GrainId.Create("table", "p/t/0");
        var written = new GrainState<Counter>(new Counter { Value = 5 });
        await Create().WriteStateAsync("offsets", id, written);

        var read = new GrainState<Counter>();
        await Create().ReadStateAsync("offsets", id, read);

        Assert.Equal((5, written.ETag, true), (read.State!.Value, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task Absent_state_is_new()
    {
        var read = new GrainState<Counter>();
        await Create().ReadStateAsync("offsets", GrainId.Create("table", "a"), read);

        Assert.Equal((0, null, false), (read.State!.Value, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task Write_with_a_stale_etag_is_refused_and_changes_nothing()
    {
        var storage = Create();
        var id = GrainId.Create("table", "a");
        var first = new GrainState<Counter>(new Counter { Value = 1 });
        await storage.WriteStateAsync("s", id, first);
        var stale = new GrainState<Counter>(new Counter { Value = 9 });
        var old = new GrainState<Counter>(new Counter { Value = 8 }, first.ETag);
        first.State!.Value = 2;
        await storage.WriteStateAsync("s", id, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", id, stale));
        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("s", id, old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("s", id, old));

        Assert.Equal(first.ETag, thrown.StoredEtag);
        await storage.ReadStateAsync("s", id, old);
        Assert.Equal(2, old.State!.Value);
    }

    [Fact]
    public async Task Clear_removes_the_state()
    {
        var storage = Create();
        var id = GrainId.Create("table", "a");
        var state = new GrainState<Counter>(new Counter { Value = 1 });
        await storage.WriteStateAsync("s", id, state);

        await storage.ClearStateAsync("s", id, state);

        Assert.Equal((0, null, false), (state.State!.Value, state.ETag, state.RecordExists));
        Assert.Empty(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Corrupt_file_is_named_and_left_alone()
    {
        var storage = Create();
        var id = GrainId.Create("table", "a");
        var state = new GrainState<Counter>(new Counter { Value = 1 });
        await storage.WriteStateAsync("s", id, state);
        var path = Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(path, "{\"Grain\": \"tab");

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => storage.ReadStateAsync("s", id, state));
        await Assert.ThrowsAsync<InvalidDataException>(() => storage.WriteStateAsync("s", id, state));

        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
        Assert.Equal("{\"Grain\": \"tab", await File.ReadAllTextAsync(path));
    }

    [Theory]
    [MemberData(nameof(HostileKeys))]
    public async Task Hostile_key_stays_inside_the_folder_and_apart_from_others(string key)
    {
        var storage = Create();
        var id = new GrainId(GrainType.Create("table"), IdSpan.Create(key));
        foreach (var other in s_keys.Where(one => one != key))
            await storage.WriteStateAsync("../s", new GrainId(GrainType.Create("table"), IdSpan.Create(other)), new GrainState<Counter>(new Counter { Value = -1 }));

        await storage.WriteStateAsync("../s", id, new GrainState<Counter>(new Counter { Value = 3 }));

        var read = new GrainState<Counter>();
        await storage.ReadStateAsync("../s", id, read);
        Assert.Equal(3, read.State!.Value);
        Assert.Equal(s_keys.Length, Directory.GetFiles(_root, "*.json", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Files_and_folders_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        var root = Path.Combine(_root, "parent", "grains");
        var storage = new FileGrainStorage(new FileGrainStorageOptions { RootDirectory = root });
        var open = Directory.CreateDirectory(Path.Combine(root, "open")).FullName;
        File.SetUnixFileMode(open, (UnixFileMode)0b111_111_101);

        await storage.WriteStateAsync("made", GrainId.Create("table", "a"), new GrainState<Counter>(new Counter()));
        await storage.WriteStateAsync("open", GrainId.Create("table", "a"), new GrainState<Counter>(new Counter()));

        const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(File600 | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(root, "made")));
        Assert.Equal(File600 | UnixFileMode.UserExecute, File.GetUnixFileMode(open));
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories)) Assert.Equal(File600, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Missing_root_is_made_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        var root = Path.Combine(_root, "grains");

        await new FileGrainStorage(new FileGrainStorageOptions { RootDirectory = root })
            .WriteStateAsync("s", GrainId.Create("table", "a"), new GrainState<Counter>(new Counter()));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(root));
    }

    private FileGrainStorage Create() => new(new FileGrainStorageOptions { RootDirectory = _root });
}
