using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests;

public sealed class ClientChoiceTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("managed", true)]
    [InlineData("librdkafka", false)]
    public void For_an_option_is_that_client(string? asked, bool isManaged)
    {
        var choice = Choose(asked);

        Assert.Equal((isManaged, null), (choice.IsManaged, choice.Mistake));
        Assert.Equal(isManaged, choice.Reason is null);
    }

    [Fact]
    public void For_an_option_that_is_neither_names_both()
    {
        Assert.Equal("Option 'client' is 'java', but must be 'managed' or 'librdkafka'.", Choose("java").Mistake);
    }

    private static ClientChoice Choose(string? asked) =>
        ClientChoice.For(Support.Kafka.Definition("b:1", ["t"], asked is null ? [] : [(ClientChoice.Option, asked)]));
}
