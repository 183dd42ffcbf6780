using System.Buffers.Binary;
using Bayou.Definitions;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// Decimals in PostgreSQL's binary format: groups of four digits, as many as the type can need, so that every value of a column has the same length. The server
/// strips groups of zeros at both ends.
/// </summary>
internal readonly struct NumericFormat
{
    private const int GroupDigits = 4;
    private const int HeaderBytes = 8;
    private const ushort Negative = 0x4000;

    private readonly int _whole;
    private readonly int _groups;
    private readonly int _scale;
    private readonly int _lift;

    public NumericFormat(ColumnType type)
    {
        _whole = (type.Precision - type.Scale + GroupDigits - 1) / GroupDigits;
        var fraction = (type.Scale + GroupDigits - 1) / GroupDigits;
        (_groups, _scale) = (_whole + fraction, type.Scale);
        // The last group is filled up with zeros behind the value's last digit.
        _lift = (int)Math.Pow(10, fraction * GroupDigits - type.Scale);
    }

    /// <summary>Bytes of every value.</summary>
    public int Bytes => HeaderBytes + _groups * sizeof(short);

    /// <summary>Writes an unscaled value.</summary>
    public void Write(long unscaled, Span<byte> destination)
    {
        // Up to 18 digits, and up to 3 more of filling, are too many for 64 bits.
        if (unscaled > long.MaxValue / 1000 || unscaled < -(long.MaxValue / 1000))
        {
            Write((Int128)unscaled, destination);
            return;
        }

        WriteHeader(destination, unscaled < 0);
        var left = (ulong)Math.Abs(unscaled) * (ulong)_lift;
        for (var group = _groups - 1; group >= 0; group--)
        {
            (left, var digits) = Math.DivRem(left, 10_000);
            WriteGroup(destination, group, (short)digits);
        }
    }

    /// <summary>Writes an unscaled value.</summary>
    public void Write(Int128 unscaled, Span<byte> destination)
    {
        WriteHeader(destination, unscaled < 0);
        // 38 digits and 3 of filling would be too many for 128 bits, so the last group, which has the filling, is split off first.
        var magnitude = (UInt128)Int128.Abs(unscaled);
        var (left, last) = UInt128.DivRem(magnitude, (UInt128)(10_000 / _lift));
        WriteGroup(destination, _groups - 1, (short)((int)last * _lift));
        for (var group = _groups - 2; group >= 0; group--)
        {
            (left, var digits) = UInt128.DivRem(left, 10_000);
            WriteGroup(destination, group, (short)(int)digits);
        }
    }

    private void WriteHeader(Span<byte> destination, bool isNegative)
    {
        BinaryPrimitives.WriteInt16BigEndian(destination, (short)_groups);
        BinaryPrimitives.WriteInt16BigEndian(destination[2..], (short)(_whole - 1));
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], isNegative ? Negative : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(destination[6..], (short)_scale);
    }

    private static void WriteGroup(Span<byte> destination, int group, short digits) =>
        BinaryPrimitives.WriteInt16BigEndian(destination[(HeaderBytes + group * sizeof(short))..], digits);
}
