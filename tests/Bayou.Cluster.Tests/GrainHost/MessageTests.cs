using Orleans.Serialization;

namespace Bayou.Cluster.Tests.GrainHost;

public sealed class MessageTests
{
    [Fact]
    public async Task Result_without_serializer_fails()
    {
        await using var host = await HostFixture.StartAsync();

        await Assert.ThrowsAsync<CodecNotFoundException>(() => host.Grain("a").Unmarked());
    }

    [Fact]
    public async Task Argument_is_copied_by_its_numbered_members_alone()
    {
        await using var host = await HostFixture.StartAsync();
        var sent = new Envelope { Numbers = [1, 2], Bytes = new byte[] { 5, 6 }, NotSent = "mine" };

        var received = await host.Grain("a").Pass(sent);

        Assert.Equal([1, 2], sent.Numbers);
        Assert.Equal([1, 2, 99], received.Numbers);
        Assert.Equal([5, 6], received.Bytes.ToArray());
        Assert.Equal("default", await host.Probe.Next());
    }

    [Fact]
    public async Task One_object_in_two_places_of_a_message_stays_one()
    {
        await using var host = await HostFixture.StartAsync();
        var shared = new Node { Name = "shared" };
        List<Node> list = [shared];

        var received = await host.Grain("a").Same([shared, new Node { Next = shared, Others = list }, new Node { Others = list }]);

        Assert.Equal("shared", received[0].Name);
        Assert.Same(received[0], received[1].Next);
        Assert.Same(received[0], received[1].Others![0]);
        Assert.Same(received[1].Others, received[2].Others);
    }

    [Fact]
    public async Task Object_that_refers_to_itself_arrives_so()
    {
        await using var host = await HostFixture.StartAsync();
        var first = new Node { Name = "first" };
        first.Next = new Node { Name = "second", Next = first };

        var received = await host.Grain("a").Same([first]);

        Assert.Equal("second", received[0].Next!.Name);
        Assert.Same(received[0], received[0].Next!.Next);
    }

    [Fact]
    public async Task One_object_as_two_arguments_stays_one()
    {
        await using var host = await HostFixture.StartAsync();
        var node = new Node();

        Assert.True(await host.Grain("a").AreSame(node, node));
        Assert.False(await host.Grain("a").AreSame(node, new Node()));
    }
}
