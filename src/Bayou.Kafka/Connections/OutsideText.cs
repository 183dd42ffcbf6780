namespace Bayou.Kafka.Connections;

/// <summary>Text that others wrote, made fit for a message.</summary>
internal static class OutsideText
{
    private const int Most = 300;

    /// <summary>The text without control characters, cut when it is long.</summary>
    public static string Shown(string? text)
    {
        text ??= "";
        var cut = text.Length > Most ? text[..Most] + "..." : text;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(one => char.IsControl(one) ? ' ' : one)) : cut;
    }
}
