using System.Text;

namespace Bayou.Grains.Routing;

/// <summary>Resolves the escapes of JSON strings.</summary>
internal static class JsonText
{
    /// <summary>
    /// Writes the text that a string stands for. <paramref name="escaped"/> is what stands between the quotes, already known to be well formed;
    /// <paramref name="text"/> is at least as long. False when an escape is half of a surrogate pair: then it stands for no Unicode text.
    /// </summary>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, Span<byte> text, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0) plain = escaped.Length;
            escaped[..plain].CopyTo(text[written..]);
            written += plain;
            if (plain == escaped.Length) return true;

            var letter = escaped[plain + 1];
            if (letter != 'u')
            {
                text[written++] = Simple(letter);
                escaped = escaped[(plain + 2)..];
                continue;
            }

            var unit = Hex(escaped.Slice(plain + 2, 4));
            escaped = escaped[(plain + 6)..];
            if (!Rune.TryCreate((char)unit, out var rune))
            {
                if (escaped.Length < 6 || escaped[0] != '\\' || escaped[1] != 'u') return false;
                if (!Rune.TryCreate((char)unit, (char)Hex(escaped.Slice(2, 4)), out rune)) return false;
                escaped = escaped[6..];
            }

            written += rune.EncodeToUtf8(text[written..]);
        }
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits) value = value << 4 | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return value;
    }
}
