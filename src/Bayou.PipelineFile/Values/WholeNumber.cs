using System.Globalization;

namespace Bayou.PipelineFile.Values;

/// <summary>Whole numbers as the file spells them: decimal digits, perhaps behind a minus sign.</summary>
internal static class WholeNumber
{
    /// <summary>The number; false when the text is none or does not fit 64 bits.</summary>
    public static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
