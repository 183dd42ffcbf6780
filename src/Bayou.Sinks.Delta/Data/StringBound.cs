using System.Text;

namespace Bayou.Sinks.Delta;

/// <summary>Bounds of text that are no longer than 32 characters, in the order of UTF-8 bytes.</summary>
internal static class StringBound
{
    private const int Longest = 32; // Unicode characters
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A text not greater than the one given; null when that is no UTF-8.</summary>
    public static string? Lower(ReadOnlySpan<byte> least) => Decode(least) is { } text ? Cut(text, out _) : null;

    /// <summary>A text not less than the greatest value, which is the one given or, unless exact, begins with it. Null when there is none so short.</summary>
    public static string? Upper(ReadOnlySpan<byte> greatest, bool isExact)
    {
        if (Decode(greatest) is not { } text) return null;
        var cut = Cut(text, out var wasCut);
        return isExact && !wasCut ? cut : Raise(cut);
    }

    private static string Cut(string text, out bool wasCut)
    {
        var count = 0;
        var end = 0;
        while (end < text.Length && count < Longest)
        {
            end += char.IsHighSurrogate(text[end]) ? 2 : 1;
            count++;
        }

        wasCut = end < text.Length;
        return text[..end];
    }

    // The last character that has a next one is replaced by it; nothing that begins with the text is greater.
    private static string? Raise(string text)
    {
        var end = text.Length;
        while (end > 0)
        {
            var start = end > 1 && char.IsLowSurrogate(text[end - 1]) ? end - 2 : end - 1;
            var rune = Rune.GetRuneAt(text, start).Value;
            if (rune < 0x10FFFF) return text[..start] + new Rune(rune == 0xD7FF ? 0xE000 : rune + 1);
            end = start;
        }

        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
