using Bayou.Silos;

namespace Bayou.Cli.Tests;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bayou-state-").FullName;

    private string State => Path.Combine(_folder, ".bayou", "shop");

    [Fact]
    public void Take_held_directory_is_refused_naming_the_holder()
    {
        using var holder = SiloFolder.Create(_folder, "shop", "shop");

        var error = Assert.Throws<StateDirectoryInUseException>(() => StateDirectory.Take(State));

        Assert.Equal(4711, error.Holder!.Pid);
        Assert.Equal(
            $"the state directory {State} is in use by process 4711 ('bayou run shop.yaml', running since 2026-03-04 05:06:07Z); stop it first, or name another directory with --state",
            error.Message);
    }

    [Fact]
    public void Take_held_directory_without_a_record_is_refused()
    {
        using var holder = StateDirectory.Take(State);

        var error = Assert.Throws<StateDirectoryInUseException>(() => StateDirectory.Take(State));

        Assert.Null(error.Holder);
    }

    [Fact]
    public void Take_after_a_killed_process_succeeds_and_removes_its_record()
    {
        LeaveStaleFiles();

        using var state = StateDirectory.Take(State);

        Assert.False(File.Exists(Path.Combine(State, "silo.json")));
    }

    [Fact]
    public void FindHolder_of_a_killed_process_is_null()
    {
        LeaveStaleFiles();

        Assert.Null(StateDirectory.FindHolder(State));
    }

    [Fact]
    public void FindHolder_of_a_held_directory_is_its_record()
    {
        using var holder = SiloFolder.Create(_folder, "shop", "shop");

        Assert.Equivalent(SiloFolder.Record("shop"), StateDirectory.FindHolder(State), strict: true);
    }

    [Fact]
    public void Dispose_gives_the_directory_up()
    {
        SiloFolder.Create(_folder, "shop").Dispose();

        using var next = StateDirectory.Take(State);

        Assert.Null(StateDirectory.FindHolder(State));
    }

    [Fact]
    public void Take_new_directory_is_only_for_its_owner()
    {
        using var state = StateDirectory.Take(State);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(State));
    }

    [Fact]
    public void Find_lists_only_held_directories_by_path()
    {
        LeaveStaleFiles();
        using var silo = SiloFolder.Create(_folder, "silo");
        using var other = SiloFolder.Create(_folder, "other", "a", "b");

        var found = RunningSilos.Find(_folder);

        Assert.Equal([Path.Combine(_folder, ".bayou", "other"), Path.Combine(_folder, ".bayou", "silo")], found.Select(silo => silo.Path));
        Assert.Equal(["a", "b"], found[0].Record.Pipelines);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What a process leaves that had no chance to tidy up: both files, and no lock.
    private void LeaveStaleFiles()
    {
        var record = Path.Combine(State, "silo.json");
        string text;
        using (SiloFolder.Create(_folder, "shop"))
            text = File.ReadAllText(record);
        File.WriteAllText(record, text);
    }
}
