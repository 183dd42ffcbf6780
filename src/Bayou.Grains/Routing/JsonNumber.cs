using System.Globalization;

namespace Bayou.Grains.Routing;

/// <summary>
/// Numbers from their text, which is already known to follow JSON's grammar. Whole and decimal numbers are exact or refused; floating-point
/// numbers are the nearest ones.
/// </summary>
internal static class JsonNumber
{
    // Past every length that a text can have, so that a longer exponent changes nothing.
    private const long ExponentLimit = 10_000_000_000;

    private static readonly double[] DoublePowers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static readonly Int128[] Powers = CreatePowers();

    /// <summary>A whole number of 64 bits; <c>1.0</c> and <c>1e3</c> are whole numbers.</summary>
    public static Mismatch TryLong(ReadOnlySpan<byte> text, out long value)
    {
        var negative = text[0] == '-';
        value = 0;
        if (text.Length <= 18)
        {
            foreach (var one in negative ? text[1..] : text)
            {
                var digit = one - '0';
                if ((uint)digit > 9) goto Exact;
                value = value * 10 + digit;
            }

            if (negative) value = -value;
            return Mismatch.None;
        }

    Exact:
        var mismatch = TryScaled(text, 19, 0, out var exact);
        if (mismatch == Mismatch.None && (exact < long.MinValue || exact > long.MaxValue)) mismatch = Mismatch.Range;
        value = mismatch == Mismatch.None ? (long)exact : 0;
        return mismatch;
    }

    /// <summary>The number times ten to the power of <paramref name="scale"/>, which has to be whole and of <paramref name="precision"/> digits at most.</summary>
    public static Mismatch TryScaled(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        var at = text[0] == '-' ? 1 : 0;
        int shift = scale, digits = 0, zeros = 0, fraction = 0;
        Int128 value = 0;
        for (; at < text.Length && (text[at] | 0x20) != 'e'; at++)
        {
            if (text[at] == '.')
            {
                fraction = 1;
                continue;
            }

            shift -= fraction;
            if (text[at] == '0')
            {
                if (digits > 0) zeros++;
                continue;
            }

            digits += zeros + 1;
            if (digits <= 38) value = value * Powers[zeros + 1] + (text[at] - '0');
            zeros = 0;
        }

        if (digits == 0) return Mismatch.None;
        var exponent = (long)shift + zeros + Exponent(text[at..]);
        if (digits + exponent > precision) return Mismatch.Range;
        if (exponent < 0) return Mismatch.Inexact;
        unscaled = value * Powers[(int)exponent];
        if (text[0] == '-') unscaled = -unscaled;
        return Mismatch.None;
    }

    /// <summary>The nearest number of 64 bits, where one operation with two exact operands gives it; false where it takes more.</summary>
    public static bool TryExact(in PlainNumber number, out double value)
    {
        value = 0;
        if (number.Magnitude > 1L << 53) return false;
        // Both operands are exact, so the one rounding of the operation is the only one.
        value = number.Magnitude / DoublePowers[number.Fraction];
        if (number.IsNegative) value = -value;
        return true;
    }

    /// <summary>The nearest number of 64 bits; refused when it would be infinite.</summary>
    public static Mismatch TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (TrySmall(text, out var mantissa, out var exponent) && mantissa <= 1L << 53 && exponent is >= -22 and <= 22)
        {
            // Both operands are exact, so the one rounding of the operation is the only one.
            value = exponent < 0 ? mantissa / DoublePowers[-exponent] : mantissa * DoublePowers[exponent];
            if (text[0] == '-') value = -value;
            return Mismatch.None;
        }

        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? Mismatch.None : Mismatch.Range;
    }

    /// <summary>The nearest number of 32 bits; refused when it would be infinite.</summary>
    public static Mismatch TryFloat(ReadOnlySpan<byte> text, out float value)
    {
        if (TrySmall(text, out var mantissa, out var exponent) && mantissa <= 1L << 24 && exponent is >= -10 and <= 10)
        {
            var power = (float)DoublePowers[Math.Abs(exponent)];
            value = exponent < 0 ? mantissa / power : mantissa * power;
            if (text[0] == '-') value = -value;
            return Mismatch.None;
        }

        value = float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return float.IsFinite(value) ? Mismatch.None : Mismatch.Range;
    }

    private static bool TrySmall(ReadOnlySpan<byte> text, out long mantissa, out long exponent)
    {
        mantissa = 0;
        exponent = 0;
        if (text.Length > 18) return false;
        var fraction = 0;
        for (var at = text[0] == '-' ? 1 : 0; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                exponent -= fraction;
            }
            else if (text[at] == '.')
            {
                fraction = 1;
            }
            else
            {
                exponent += Exponent(text[at..]);
                return true;
            }
        }

        return true;
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var signed = text[1] is (byte)'-' or (byte)'+';
        long value = 0;
        foreach (var digit in text[(signed ? 2 : 1)..])
            if (value < ExponentLimit) value = value * 10 + digit - '0';
        return text[1] == '-' ? -value : value;
    }

    private static Int128[] CreatePowers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
