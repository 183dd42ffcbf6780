namespace Bayou.Sinks.Tests.Kit;

/// <summary>The kit finds each of the mistakes that it is for, and nothing wrong with a sink that has none.</summary>
public sealed class KitFindsMistakesTests
{
    [Fact]
    public async Task Sink_without_a_mistake_passes_every_test() => Assert.Empty(await CarelessContract.RunAsync(Mistake.None));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Sink_with_a_mistake_fails(Mistake mistake) => Assert.NotEmpty(await CarelessContract.RunAsync(mistake));

    public static TheoryData<Mistake> Mistakes() => [.. Enum.GetValues<Mistake>().Where(mistake => mistake != Mistake.None)];
}
