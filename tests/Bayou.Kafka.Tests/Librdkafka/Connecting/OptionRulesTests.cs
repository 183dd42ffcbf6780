using Bayou.Kafka.Librdkafka.Connecting;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Librdkafka.Connecting;

public sealed class OptionRulesTests
{
    [Fact]
    public void Check_sound_options_finds_nothing() =>
        Assert.Empty(OptionRules.Check(Definition("host:9092", ["t"], ("isolation.level", "read_uncommitted"), ("bayou.read.ahead.bytes", "10000000"))));

    [Theory]
    [InlineData("enable.auto.commit", "true")]
    [InlineData("auto.offset.reset", "earliest")]
    [InlineData("group.id", "mine")]
    [InlineData("enable.partition.eof", "false")]
    [InlineData("key.deserializer", "x")]
    [InlineData("allow.auto.create.topics", "true")]
    [InlineData("dotnet.consumer.consume.result.fields", "none")]
    [InlineData("bayou.read.ahead.bytes", "ten")]
    [InlineData("no.such.option", "1")]
    [InlineData("isolation.level", "read_everything")]
    public void Check_bad_option_names_it_once(string name, string value) =>
        Assert.Contains($"'{name}'", Assert.Single(OptionRules.Check(Definition("host:9092", ["t"], (name, value)))), StringComparison.Ordinal);

    [Fact]
    public void Check_bad_secret_does_not_show_it()
    {
        var mistake = Assert.Single(OptionRules.Check(Definition("host:9092", ["t"], ("sasl.password.file", "hunter2"))));

        Assert.DoesNotContain("hunter2", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_without_address_says_so()
    {
        var definition = Definition("", ["t"]) with { Options = [] };

        Assert.Contains("'bootstrap.servers'", Assert.Single(OptionRules.Check(definition)), StringComparison.Ordinal);
    }
}
