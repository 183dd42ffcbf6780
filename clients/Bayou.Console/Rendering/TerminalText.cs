using System.Globalization;
using System.Text;

namespace Bayou.Console.Rendering;

/// <summary>Makes foreign text and bytes harmless: a terminal acts upon control characters, so they are shown instead.</summary>
public static class TerminalText
{
    /// <summary>The text with every control, format, line-separating and lone surrogate character written as <c>\u{hex}</c>, and backslashes doubled.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(safe, rune);
        return safe.ToString();
    }

    /// <summary>Bytes as text where they are UTF-8, and <c>\xHH</c> where they are not; cut after <paramref name="limit"/> bytes with a note of how many were left out.</summary>
    public static string Escape(ReadOnlySpan<byte> bytes, int limit = int.MaxValue)
    {
        var left = Math.Max(0, bytes.Length - limit);
        bytes = bytes[..(bytes.Length - left)];
        var safe = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done)
                Append(safe, rune);
            else
                foreach (var stray in bytes[..used])
                    safe.Append($"\\x{stray:x2}");
            bytes = bytes[used..];
        }

        return left == 0 ? safe.ToString() : $"{safe}... ({left} bytes more)";
    }

    private static void Append(StringBuilder safe, Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (rune.Value == '\\')
            safe.Append("\\\\");
        else if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                 or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            safe.Append($"\\u{{{rune.Value:x}}}");
        else
            safe.Append(rune.ToString());
    }
}
