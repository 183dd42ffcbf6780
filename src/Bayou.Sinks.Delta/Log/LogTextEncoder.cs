using System.Text.Encodings.Web;

namespace Bayou.Sinks.Delta;

/// <summary>
/// Escapes what JSON demands, and nothing else. The encoders of .NET escape characters beyond U+FFFF as pairs of surrogates, and delta-rs (arrow-json) takes
/// many such pairs for other characters: a file would be skipped by its statistics, or a row be in another partition.
/// </summary>
internal sealed unsafe class LogTextEncoder : JavaScriptEncoder
{
    private const string Hexadecimal = "0123456789abcdef";

    public static readonly LogTextEncoder Instance = new();

    private LogTextEncoder() { }

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or 0x7F;

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        for (var i = 0; i < characters.Length; i++)
        {
            var c = characters[i];
            if (WillEncode(c)) return i;
            if (!char.IsSurrogate(c)) continue;
            // Half a pair is replaced by the base class.
            if (i + 1 == characters.Length || !char.IsSurrogatePair(c, characters[i + 1])) return i;
            i++;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        numberOfCharactersWritten = 0;
        if (unicodeScalar is '"' or '\\')
        {
            if (output.Length < 2) return false;
            (output[0], output[1], numberOfCharactersWritten) = ('\\', (char)unicodeScalar, 2);
            return true;
        }

        if (unicodeScalar >= 0x80)
        {
            // Only what takes the place of half a pair comes here.
            return new System.Text.Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        }

        if (!"\\u00".TryCopyTo(output) || output.Length < 6) return false;
        (output[4], output[5], numberOfCharactersWritten) = (Hexadecimal[unicodeScalar >> 4], Hexadecimal[unicodeScalar & 15], 6);
        return true;
    }
}
