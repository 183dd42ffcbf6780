namespace Bayou.Cluster.Tests.GrainHost;

/// <summary>What grains see of their state, over each storage that a test silo has.</summary>
public sealed class StateTests
{
    public static TheoryData<string> Storages => ["memory", "files"];

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task State_outlives_its_activation(string storage)
    {
        await using var host = await HostFixture.StartAsync();
        var grain = Grain(host, storage);
        var before = await grain.Incarnation();

        await grain.Add(3);
        await grain.Leave();

        Assert.Equal(7, await grain.Add(4));
        Assert.NotEqual(before, await grain.Incarnation());
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task Writes_that_are_begun_at_once_do_not_conflict(string storage)
    {
        await using var host = await HostFixture.StartAsync();
        var grain = Grain(host, storage);

        Assert.Equal(2, await grain.AddTwiceAtOnce(1));
        Assert.Equal(5, await grain.AddDuringWrite(1));
        Assert.Equal(6, await grain.Add(1));
        await grain.Leave();

        Assert.Equal(6, await grain.Read());
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task Cleared_state_is_new_and_can_be_written_again(string storage)
    {
        await using var host = await HostFixture.StartAsync();
        var grain = Grain(host, storage);
        await grain.Add(3);

        Assert.False(await grain.Clear());
        Assert.Equal(0, await grain.Read());
        Assert.Equal(2, await grain.Add(2));
        Assert.Equal(1, await grain.ClearAndAdd(1));
        await grain.Leave();

        Assert.Equal(1, await grain.Read());
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task State_off_the_turn_is_refused(string storage)
    {
        await using var host = await HostFixture.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain(host, storage).WriteOffTurn());
    }

    [Fact]
    public async Task Stale_write_to_a_file_fails_and_deactivates_the_writer()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = Grain(host, "files");
        var before = await grain.Incarnation();
        await grain.Add(1);
        var file = Assert.Single(Directory.GetFiles(host.Folder, "*", SearchOption.AllDirectories));
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("\"ETag\": \"1-", "\"ETag\": \"7-").Replace("\"Value\": 1", "\"Value\": 40"));

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => grain.Add(1));

        Assert.NotEqual(before, await grain.Incarnation());
        Assert.Equal(42, await grain.Add(2));
    }

    [Fact]
    public async Task Damaged_file_fails_the_call_and_is_left_as_it_is()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = Grain(host, "files");
        await grain.Add(1);
        await grain.Leave();
        var file = Assert.Single(Directory.GetFiles(host.Folder, "*", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file, "{\"Grain\":");

        var thrown = await Assert.ThrowsAsync<OrleansException>(() => grain.Read());

        Assert.IsType<InvalidDataException>(thrown.InnerException);
        Assert.Equal("{\"Grain\":", await File.ReadAllTextAsync(file));
    }

    private static IStoreGrain Grain(HostFixture host, string storage) => storage == "memory"
        ? host.Client.GetGrain<IMemoryStoreGrain>("a")
        : host.Client.GetGrain<IFileStoreGrain>("a");
}
