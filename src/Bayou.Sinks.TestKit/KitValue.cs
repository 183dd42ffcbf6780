namespace Bayou.Sinks.TestKit;

/// <summary>A value to write, and the form in which it is to be read back.</summary>
/// <param name="Written">As the columns take it: string, byte[], bool, int, long, float, double, Int128 (a decimal, unscaled) or null.</param>
/// <param name="Stored">As <see cref="StoredRow.Values"/> has it.</param>
internal readonly record struct KitValue(object? Written, object? Stored)
{
    public static KitValue Same(object? value) => new(value, value);
}
