using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>A topic of one test at a real broker.</summary>
internal sealed class OracleTopic(LocalBroker broker)
{
    public string Name { get; } = $"oracle-{Guid.NewGuid():N}";

    public async Task CreateAsync(int partitions, Dictionary<string, string>? configuration = null)
    {
        using var topics = new TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address });
        Assert.True(await topics.CreateAsync(Name, partitions, configuration));
    }

    public Differential Reading(params (string Name, string Value)[] options) => new(broker.Address, Name, options);
}
