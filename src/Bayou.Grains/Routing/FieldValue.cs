namespace Bayou.Grains.Routing;

/// <summary>Where one value lies in the event: of a string the part between the quotes, of anything else all of it.</summary>
internal struct FieldValue
{
    /// <summary>First byte.</summary>
    public int Start;

    /// <summary>Behind the last byte.</summary>
    public int End;

    /// <summary>The record that it was found in; it counts only while that is the current one.</summary>
    public uint Stamp;

    /// <summary>What it is.</summary>
    public JsonKind Kind;

    /// <summary>True for a string with escapes in it.</summary>
    public bool Escaped;

    /// <summary>Of a number what its digits say, where that is plain.</summary>
    public PlainNumber Number;

    /// <summary>The value's bytes.</summary>
    public readonly ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json[Start..End];

    /// <summary>The value's bytes as JSON: a string with its quotes.</summary>
    public readonly ReadOnlySpan<byte> RawOf(ReadOnlySpan<byte> json) => Kind == JsonKind.String ? json[(Start - 1)..(End + 1)] : json[Start..End];
}
