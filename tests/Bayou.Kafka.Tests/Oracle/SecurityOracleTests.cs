using Bayou.Kafka.Tests.Support;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>A real broker's encrypted listener, by each mechanism that it has, reads as Confluent.Kafka reads its plain one.</summary>
[Trait("Category", "Kafka")]
[Collection(BrokerCollection.Name)]
public sealed class SecurityOracleTests(LocalBroker broker)
{
    private readonly OracleTopic _topic = new(broker);

    [BrokerTheory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task ReadAsync_over_an_encrypted_connection_is_the_same(string mechanism)
    {
        await _topic.CreateAsync(4);
        for (var p = 0; p < 4; p++) Produce(broker.Address, _topic.Name, p, 0, 3000, new string((char)('a' + p), 200));

        var truth = await Secure(mechanism).SameAsync();

        Assert.Equal(12_000, truth.Sum(content => content.Records.Count));
    }

    private Differential Secure(string mechanism) => new(
        broker.SecureAddress, _topic.Name, ("security.protocol", "sasl_ssl"), ("sasl.mechanism", mechanism), ("sasl.username", "bayou"),
        ("sasl.password", "bayou-secret"), ("ssl.ca.location", broker.CertificateAuthority)) { PlainAddress = broker.Address };
}
