namespace Bayou.PipelineFile.Values;

/// <summary>Sizes in bytes as the file spells them: <c>67108864</c>, <c>64MiB</c>, <c>64MB</c>.</summary>
internal static class SizeText
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a whole number of bytes, or one with KiB, MiB, GiB (1024s) or KB, MB, GB (1000s), such as 64MiB";

    private static readonly (string Suffix, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1),
    ];

    /// <summary>The size in bytes; false when the text is no size or too large a one.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var (digits, factor) = (text, 1L);
        foreach (var (suffix, unit) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            (digits, factor) = (text[..^suffix.Length].TrimEnd(' '), unit);
            break;
        }
        if (!WholeNumber.TryParse(digits, out bytes) || bytes < 0 || bytes > long.MaxValue / factor) return false;
        bytes *= factor;
        return true;
    }
}
