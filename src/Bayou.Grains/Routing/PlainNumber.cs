using System.Runtime.CompilerServices;

namespace Bayou.Grains.Routing;

/// <summary>A number as its digits say it: <see cref="Magnitude"/> divided by ten to the power of <see cref="Fraction"/>.</summary>
internal struct PlainNumber
{
    /// <summary>Most digits: as many as never overflow.</summary>
    private const int MostDigits = 18;

    /// <summary>All digits, those behind the point too.</summary>
    public long Magnitude;

    /// <summary>Digits behind the point.</summary>
    public byte Fraction;

    /// <summary>True with a minus sign; zero may have one.</summary>
    public bool IsNegative;

    /// <summary>False for a number with an exponent or too many digits, of which nothing is known here.</summary>
    public bool IsPlain;

    /// <summary>
    /// Reads a number at <paramref name="at"/> and returns where it ends; negative when JSON's grammar has no number there, or one with an exponent. There has to be
    /// a byte behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scan(ReadOnlySpan<byte> json, int at, out PlainNumber number)
    {
        Unsafe.SkipInit(out number);
        number.IsNegative = json[at] == '-';
        if (number.IsNegative) at++;
        var start = at;
        long magnitude = 0;
        uint digit;
        for (; (uint)at < (uint)json.Length && (digit = json[at] - (uint)'0') <= 9; at++) magnitude = magnitude * 10 + digit;
        var digits = at - start;
        if ((uint)at >= (uint)json.Length || digits == 0 || (digits > 1 && json[start] == '0')) return -1;
        number.Fraction = 0;
        if (json[at] == '.')
        {
            start = ++at;
            for (; (uint)at < (uint)json.Length && (digit = json[at] - (uint)'0') <= 9; at++) magnitude = magnitude * 10 + digit;
            var fraction = at - start;
            if ((uint)at >= (uint)json.Length || fraction == 0) return -1;
            number.Fraction = (byte)fraction;
            digits += fraction;
        }

        if ((json[at] | 0x20) == 'e') return -1;
        number.Magnitude = magnitude;
        number.IsPlain = digits <= MostDigits;
        return at;
    }
}
