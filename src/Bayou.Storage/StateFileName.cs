using System.Security.Cryptography;
using System.Text;

namespace Bayou.Storage;

/// <summary>Names files after states and grains: different names for different grains, whatever their keys contain.</summary>
internal static class StateFileName
{
    // File systems allow 255 bytes; a temporary file's name is longer than the file's.
    private const int MaxLength = 180;

    /// <summary>
    /// Lower-case letters, digits, dash and underscore stay; any other byte of the UTF-8 text is % and two hexadecimal
    /// digits. So names differ even where a file system ignores case. A long name is cut and ends in a hash of the whole.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> text)
    {
        var name = new StringBuilder(text.Length + 16);
        foreach (var one in text)
        {
            if (one is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_') name.Append((char)one);
            else name.Append('%').Append(one.ToString("x2"));
        }

        if (name.Length <= MaxLength) return name.ToString();

        // "~" does not occur in a name that is not cut.
        var hash = Convert.ToHexStringLower(SHA256.HashData(text));
        return $"{name.ToString(0, MaxLength - hash.Length - 1)}~{hash}";
    }
}
