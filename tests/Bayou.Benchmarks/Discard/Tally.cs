namespace Bayou.Benchmarks.Discard;

/// <summary>What a client read.</summary>
/// <param name="Records">Records.</param>
/// <param name="Bytes">Bytes of their keys and values.</param>
internal readonly record struct Tally(long Records, long Bytes)
{
    public static Tally operator +(Tally left, Tally right) => new(left.Records + right.Records, left.Bytes + right.Bytes);
}
