namespace Bayou.Kafka.Protocol;

/// <summary>Versions of one request, both ends included.</summary>
internal readonly record struct VersionRange(short Min, short Max)
{
    /// <summary>The highest version that both ranges hold, or null.</summary>
    public short? HighestCommon(VersionRange other)
    {
        var max = Math.Min(Max, other.Max);
        return max >= Math.Max(Min, other.Min) ? max : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Min == Max ? $"{Min}" : $"{Min} to {Max}";
}
