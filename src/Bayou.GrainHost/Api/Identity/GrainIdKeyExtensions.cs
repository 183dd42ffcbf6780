using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys that are a GUID or an integer: 32 hexadecimal digits without dashes, or hexadecimal digits, in upper case.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of a grain that is identified by a GUID.</summary>
    /// <param name="key">The GUID.</param>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>The key of a grain that is identified by an integer.</summary>
    /// <param name="key">The integer.</param>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>The GUID that the key stands for.</summary>
    /// <param name="grainId">The grain.</param>
    /// <exception cref="FormatException">The key is not a GUID.</exception>
    public static Guid GetGuidKey(this GrainId grainId) => Guid.ParseExact(grainId.Key.ToString(), "N");

    /// <summary>The integer that the key stands for.</summary>
    /// <param name="grainId">The grain.</param>
    /// <exception cref="FormatException">The key is not an integer.</exception>
    public static long GetIntegerKey(this GrainId grainId) =>
        long.Parse(grainId.Key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
