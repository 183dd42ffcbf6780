namespace Bayou;

/// <summary>The seed of tests that try something else each time; <c>BAYOU_SEED</c> repeats a run.</summary>
internal static class TestSeed
{
    public static int Value { get; } = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_SEED"), out var seed) ? seed : Random.Shared.Next();

    /// <summary>For messages: what to set to see a failure again.</summary>
    public static string Text => $"BAYOU_SEED={Value}";
}
