using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Bayou.Definitions;
using Bayou.Slices;

namespace Bayou.Grains.Routing;

/// <summary>Converts one JSON value to a column's type and appends it. <c>docs/json.md</c> is the table of what fits which type.</summary>
internal static class ColumnWriter
{
    private const int LongestTime = 40;

    /// <summary>Appends the value, which is neither missing nor null; appends nothing when it does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mismatch TryAppend(ColumnBuilder to, ColumnPlan column, in FieldValue value, ReadOnlySpan<byte> json)
    {
        switch (column.Kind)
        {
            case ColumnKind.String: return TryString(to, value, json);
            case ColumnKind.Int or ColumnKind.Long or ColumnKind.Float or ColumnKind.Double or ColumnKind.Decimal:
                return value.Kind == JsonKind.Number ? TryNumber(to, column, in value, json) : Mismatch.Kind;
            case ColumnKind.Bool:
                if (value.Kind is not (JsonKind.True or JsonKind.False)) return Mismatch.Kind;
                to.Append(value.Kind == JsonKind.True ? (byte)1 : (byte)0);
                return Mismatch.None;
            case ColumnKind.Timestamp: return TryTimestamp(to, value, json);
            case ColumnKind.Date: return TryDate(to, value, json);
            case ColumnKind.Binary: return TryBinary(to, value, json);
            default:
                to.AppendBytes(value.RawOf(json));
                return Mismatch.None;
        }
    }

    private static Mismatch TryString(ColumnBuilder to, in FieldValue value, ReadOnlySpan<byte> json)
    {
        if (value.Kind != JsonKind.String) return Mismatch.Kind;
        if (!value.Escaped)
        {
            to.AppendBytes(json, value.Start, value.End);
            return Mismatch.None;
        }

        var text = value.Of(json);
        if (!JsonText.TryUnescape(text, to.ReserveBytes(text.Length), out var length)) return Mismatch.Unicode;
        to.CommitBytes(length);
        return Mismatch.None;
    }

    private static Mismatch TryNumber(ColumnBuilder to, ColumnPlan column, in FieldValue value, ReadOnlySpan<byte> json)
    {
        if (value.Number.IsPlain && TryPlain(to, column.Kind, in value.Number)) return Mismatch.None;
        var text = value.Of(json);
        Mismatch mismatch;
        switch (column.Kind)
        {
            case ColumnKind.Int:
                mismatch = JsonNumber.TryLong(text, out var wide);
                if (mismatch != Mismatch.None) return mismatch;
                if ((int)wide != wide) return Mismatch.Range;
                to.Append((int)wide);
                return Mismatch.None;
            case ColumnKind.Long:
                mismatch = JsonNumber.TryLong(text, out var whole);
                if (mismatch == Mismatch.None) to.Append(whole);
                return mismatch;
            case ColumnKind.Float:
                mismatch = JsonNumber.TryFloat(text, out var single);
                if (mismatch == Mismatch.None) to.Append(single);
                return mismatch;
            case ColumnKind.Double:
                mismatch = JsonNumber.TryDouble(text, out var number);
                if (mismatch == Mismatch.None) to.Append(number);
                return mismatch;
            default:
                mismatch = JsonNumber.TryScaled(text, column.Precision, column.Scale, out var unscaled);
                if (mismatch == Mismatch.None) to.AppendDecimal(unscaled);
                return mismatch;
        }
    }

    // The numbers that most are. What it leaves, the exact way by the text takes or refuses.
    private static bool TryPlain(ColumnBuilder to, ColumnKind kind, in PlainNumber number)
    {
        switch (kind)
        {
            case ColumnKind.Long when number.Fraction == 0:
                to.Append(number.IsNegative ? -number.Magnitude : number.Magnitude);
                return true;
            case ColumnKind.Int when number.Fraction == 0 && number.Magnitude <= int.MaxValue:
                to.Append((int)(number.IsNegative ? -number.Magnitude : number.Magnitude));
                return true;
            case ColumnKind.Double when JsonNumber.TryExact(in number, out var exact):
                to.Append(exact);
                return true;
            default: return false;
        }
    }

    private static Mismatch TryTimestamp(ColumnBuilder to, in FieldValue value, ReadOnlySpan<byte> json)
    {
        if (value.Kind == JsonKind.Number)
        {
            // Milliseconds; three digits after the point are microseconds.
            var mismatch = JsonNumber.TryScaled(value.Of(json), 18, 3, out var scaled);
            if (mismatch != Mismatch.None) return mismatch;
            if (scaled < IsoTime.FirstMicrosecond || scaled > IsoTime.LastMicrosecond) return Mismatch.Range;
            to.Append((long)scaled);
            return Mismatch.None;
        }

        if (value.Kind != JsonKind.String) return Mismatch.Kind;
        Span<byte> scratch = stackalloc byte[value.Escaped ? LongestTime * 6 : 0];
        if (!IsoTime.TryTimestamp(TimeText(value, json, scratch), out var microseconds)) return Mismatch.Format;
        to.Append(microseconds);
        return Mismatch.None;
    }

    private static Mismatch TryDate(ColumnBuilder to, in FieldValue value, ReadOnlySpan<byte> json)
    {
        if (value.Kind != JsonKind.String) return Mismatch.Kind;
        Span<byte> scratch = stackalloc byte[value.Escaped ? LongestTime * 6 : 0];
        if (!IsoTime.TryDate(TimeText(value, json, scratch), out var days)) return Mismatch.Format;
        to.Append(days);
        return Mismatch.None;
    }

    // Empty, which is no time, when the escapes stand for no text or for one that is too long.
    private static ReadOnlySpan<byte> TimeText(in FieldValue value, ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        var text = value.Of(json);
        if (!value.Escaped) return text;
        return text.Length <= scratch.Length && JsonText.TryUnescape(text, scratch, out var length) ? scratch[..length] : default;
    }

    private static Mismatch TryBinary(ColumnBuilder to, in FieldValue value, ReadOnlySpan<byte> json)
    {
        if (value.Kind != JsonKind.String) return Mismatch.Kind;
        var text = value.Of(json);
        var room = to.ReserveBytes(text.Length);
        if (!value.Escaped) text.CopyTo(room);
        else if (!JsonText.TryUnescape(text, room, out var length)) return Mismatch.Unicode;
        else room = room[..length];
        if (room.ContainsAny(" \t\r\n"u8) || HasStrayBits(room) || Base64.DecodeFromUtf8InPlace(room, out var decoded) != OperationStatus.Done) return Mismatch.Format;
        to.CommitBytes(decoded);
        return Mismatch.None;
    }

    // Bits of the last letter that belong to no byte: decoders differ in whether they mind, so they are refused here.
    private static bool HasStrayBits(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("=="u8)) return text.Length >= 3 && !"AQgw"u8.Contains(text[^3]);
        return text.EndsWith("="u8) && text.Length >= 2 && !"AEIMQUYcgkosw048"u8.Contains(text[^2]);
    }
}
