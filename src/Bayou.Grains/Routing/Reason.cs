using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Bayou.Grains.Routing;

/// <summary>
/// Writes why a record is in quarantine: <c>code: detail</c>, the code being one of <c>unreadable</c>, <c>unmatched</c>, <c>missing</c> and
/// <c>type</c>. At most 200 bytes of UTF-8, without control or format characters.
/// </summary>
internal sealed class Reason
{
    private const int LongestName = 60;
    private const int LongestSample = 40;

    private readonly byte[] _text = new byte[200];
    private int _length;

    /// <summary>The reason written last.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>The value is not a JSON object that can be read.</summary>
    public void Unreadable(ScanError error, int position)
    {
        _length = 0;
        Add("unreadable: "u8);
        Add(error switch
        {
            ScanError.Tombstone => "no value (tombstone)"u8,
            ScanError.Empty => "empty value"u8,
            ScanError.TooLong => "too long for a row"u8,
            ScanError.Encoding => "not UTF-8"u8,
            ScanError.NotAnObject => "not a JSON object"u8,
            ScanError.Truncated => "JSON ends too early"u8,
            ScanError.Depth => "JSON nested deeper than 64"u8,
            ScanError.Trailing => "something follows the JSON object"u8,
            _ => "JSON not well formed"u8,
        });
        if (error < ScanError.NotAnObject) return;
        Add(", byte "u8);
        Utf8Formatter.TryFormat(position, _text.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>No table takes the discriminator's value.</summary>
    public void Unmatched(ReadOnlySpan<byte> field, in FieldValue value, ReadOnlySpan<byte> json)
    {
        _length = 0;
        Add("unmatched: "u8);
        AddSafe(field, LongestName);
        Add(" is "u8);
        AddFound(value, json);
    }

    /// <summary>A required column has no value.</summary>
    public void Missing(ColumnPlan column, in FieldValue value, ReadOnlySpan<byte> json)
    {
        _length = 0;
        Add("missing: column "u8);
        AddSafe(column.Name, LongestName);
        Add(" is required, found "u8);
        AddFound(value, json);
    }

    /// <summary>A value does not fit its column.</summary>
    public void Type(ColumnPlan column, Mismatch mismatch, in FieldValue value, ReadOnlySpan<byte> json)
    {
        _length = 0;
        Add("type: column "u8);
        AddSafe(column.Name, LongestName);
        Add(" is "u8);
        Add(column.TypeName);
        Add(", found "u8);
        AddFound(value, json);
        Add(mismatch switch
        {
            Mismatch.Range => " (out of range)"u8,
            Mismatch.Inexact => " (too many digits after the point)"u8,
            Mismatch.Format => " (wrong format)"u8,
            Mismatch.Unicode => " (half a surrogate pair)"u8,
            _ => default,
        });
    }

    private void AddFound(in FieldValue value, ReadOnlySpan<byte> json)
    {
        switch (value.Kind)
        {
            case JsonKind.Missing: Add("nothing"u8); break;
            case JsonKind.Object: Add("an object"u8); break;
            case JsonKind.Array: Add("an array"u8); break;
            default: AddSafe(value.RawOf(json), LongestSample); break;
        }
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, _text.Length - _length)];
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void AddSafe(ReadOnlySpan<byte> text, int most)
    {
        var end = _length + most;
        while (Rune.DecodeFromUtf8(text, out var rune, out var consumed) == OperationStatus.Done)
        {
            if (_length + consumed > end)
            {
                Add("..."u8);
                return;
            }

            if (IsSafe(rune)) Add(text[..consumed]);
            else Add("?"u8);
            text = text[consumed..];
        }
    }

    private static bool IsSafe(Rune rune) => rune.IsAscii ? rune.Value is >= 0x20 and < 0x7F : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => false,
        _ => true,
    };
}
