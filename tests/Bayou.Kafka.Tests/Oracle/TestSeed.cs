namespace Bayou.Kafka.Tests.Oracle;

/// <summary>The seed of tests that try something else each time; BAYOU_SEED repeats a run.</summary>
internal static class TestSeed
{
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("BAYOU_SEED"), out var seed) ? seed : Random.Shared.Next();

    /// <summary>Told with a failure, so that it can be repeated.</summary>
    public static string Text => $"BAYOU_SEED={Value}";
}
