using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bayou.Grains.Routing;

/// <summary>
/// Steps over one token of JSON. Each method takes the position of the token's first byte and returns the one behind its last byte, or the complement of
/// where the token breaks the grammar; at the end of the text that is its length. The text is known to be UTF-8.
/// </summary>
internal static class JsonTokens
{
    /// <summary>White space, if there is any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] <= ' ' && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    /// <summary>The literal <paramref name="word"/>.</summary>
    public static int SkipWord(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> word)
    {
        var rest = json[at..];
        return rest.StartsWith(word) ? at + word.Length : ~(at + rest.CommonPrefixLength(word));
    }

    /// <summary>A string, from the opening quote to behind the closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipString(ReadOnlySpan<byte> json, int at, out bool escaped)
    {
        escaped = false;
        at = FindSpecial(json, at + 1);
        if ((uint)at < (uint)json.Length && json[at] == '"') return at + 1;
        if ((uint)at >= (uint)json.Length || json[at] < ' ') return ~at;
        escaped = true;
        return SkipEscaped(json, at);
    }

    /// <summary>From the first backslash of a string to behind the closing quote.</summary>
    private static int SkipEscaped(ReadOnlySpan<byte> json, int at)
    {
        while (true)
        {
            at = SkipEscape(json, at);
            if (at < 0) return at;
            at = FindSpecial(json, at);
            if ((uint)at >= (uint)json.Length || json[at] < ' ') return ~at;
            if (json[at] == '"') return at + 1;
        }
    }

    /// <summary>Index of the first quote, backslash or control character from <paramref name="at"/> on; the end when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FindSpecial(ReadOnlySpan<byte> json, int at)
    {
        while (json.Length - at >= Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            var found = special.ExtractMostSignificantBits();
            if (found != 0) return at + BitOperations.TrailingZeroCount(found);
            at += Vector128<byte>.Count;
        }

        while ((uint)at < (uint)json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) at++;
        return at;
    }

    private static int SkipEscape(ReadOnlySpan<byte> json, int at)
    {
        if (++at >= json.Length) return ~at;
        if (json[at] != 'u') return "\"\\/bfnrt"u8.Contains(json[at]) ? at + 1 : ~at;
        for (var digits = 0; digits < 4; digits++)
            if (++at >= json.Length || !char.IsAsciiHexDigit((char)json[at])) return ~at;
        return at + 1;
    }

    /// <summary>A number.</summary>
    public static int SkipNumber(ReadOnlySpan<byte> json, int at)
    {
        if ((uint)at < (uint)json.Length && json[at] == '-') at++;
        var start = at;
        if ((uint)at < (uint)json.Length && json[at] == '0') at++;
        else at = SkipDigits(json, at);
        if (at == start) return ~at;
        if ((uint)at >= (uint)json.Length) return at;
        if (json[at] == '.')
        {
            start = ++at;
            at = SkipDigits(json, at);
            if (at == start) return ~at;
        }

        if ((uint)at >= (uint)json.Length || (json[at] | 0x20) != 'e') return at;
        at++;
        if ((uint)at < (uint)json.Length && json[at] is (byte)'+' or (byte)'-') at++;
        start = at;
        at = SkipDigits(json, at);
        return at == start ? ~at : at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipDigits(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9) at++;
        return at;
    }
}
