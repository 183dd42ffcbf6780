using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Bayou.Grains.Routing;

/// <summary>
/// Reads events that look like earlier ones. Producers write their events with the same names in the same order, so what stands between the values repeats byte for
/// byte: it is compared, 32 bytes at once, with the steps that were learnt, instead of being read letter by letter. Every step ends in one object and begins in
/// one, and follows only where it was seen to follow, so whatever can be walked is JSON. Anything else is left to <see cref="EventScanner"/>'s own reading, and learnt from
/// it. Not safe for concurrent use.
/// </summary>
internal sealed class ShapeScanner(PathTree tree, EventValues values)
{
    // What the walk may fail, against what it succeeds in, before it is left alone for a while.
    private const int MostTrust = 64;
    private const int RestRecords = 1000;

    private readonly ShapeLearner _learner = new(tree);
    private int _trust = MostTrust;
    private int _rest;

    /// <summary>
    /// Reads the event that is the first <paramref name="length"/> bytes of <paramref name="window"/>; false, with values that mean nothing, when it is none that
    /// looks like an earlier one.
    /// </summary>
    public bool TryScan(ReadOnlySpan<byte> window, int length)
    {
        if (_rest > 0)
        {
            _rest--;
            return false;
        }

        values.Begin();
        if (Walk(window[..Math.Min(window.Length, length + Vector256<byte>.Count)], length))
        {
            if (_trust < MostTrust) _trust++;
            return true;
        }

        if (--_trust > 0) return false;
        (_trust, _rest) = (MostTrust / 2, RestRecords);
        return false;
    }

    /// <summary>Remembers what this event, which is known to be well formed, looks like.</summary>
    public void Learn(ReadOnlySpan<byte> json)
    {
        if (_rest == 0) _learner.Learn(json);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Walk(ReadOnlySpan<byte> json, int length)
    {
        // Reads behind the event's end are harmless, for what begins there is looked at before it counts.
        var step = _learner.Start;
        var at = 0;
        var high = 0u; // set when some byte is not ASCII
        while (true)
        {
            step = step.Follow(json, at, out var end);
            if (step is null) return false;
            if (step.Marks is { } marks) Mark(marks, at);
            at = end;
            if (step.IsEnd) break;
            if (at >= length) return false;
            var start = at;
            var first = json[at];
            if (first == '"')
            {
                at = FindSpecial(json, at + 1, ref high);
                if (at >= length) return false;
                var escaped = json[at] != '"';
                if (escaped)
                {
                    at = JsonTokens.SkipString(json, start, out escaped) - 1;
                    if (at < 0) return false;
                    high = 1;
                }

                if (step.Node >= 0) values.Add(step.Node, start + 1, at, JsonKind.String, escaped);
                at++;
            }
            else if (first <= '9')
            {
                at = PlainNumber.Scan(json, at, out var number);
                if (at < 0) return false;
                if (step.Node >= 0) values.AddNumber(step.Node, start, at, in number);
            }
            else
            {
                at = SkipWord(json, at, first, out var kind);
                if (at < 0) return false;
                if (step.Node >= 0) values.Add(step.Node, start, at, kind, false);
            }
        }

        if (at > length) return false;
        json = json[..length];
        return JsonTokens.SkipSpace(json, at) == length && (high == 0 || Utf8.IsValid(json));
    }

    private void Mark(ShapeMark[] marks, int at)
    {
        foreach (var mark in marks)
        {
            if (mark.IsEnd) values.Close(mark.Node, at + mark.At);
            else values.Add(mark.Node, at + mark.At, 0, JsonKind.Object, false);
        }
    }

    private static int SkipWord(ReadOnlySpan<byte> json, int at, byte first, out JsonKind kind)
    {
        kind = first switch { (byte)'t' => JsonKind.True, (byte)'f' => JsonKind.False, _ => JsonKind.Null };
        var word = kind switch { JsonKind.True => "true"u8, JsonKind.False => "false"u8, _ => "null"u8 };
        return json[at..].StartsWith(word) ? at + word.Length : -1;
    }

    /// <summary>Index of the first quote, backslash or control character from <paramref name="at"/> on; the end when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FindSpecial(ReadOnlySpan<byte> json, int at, ref uint high)
    {
        while (json.Length - at >= Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            var special = (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)0x1F)), bytes)).ExtractMostSignificantBits();
            var highs = bytes.ExtractMostSignificantBits();
            if (special != 0)
            {
                high |= highs & (special - 1) & ~special;
                return at + BitOperations.TrailingZeroCount(special);
            }

            high |= highs;
            at += Vector256<byte>.Count;
        }

        for (; (uint)at < (uint)json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '); at++) high |= (uint)json[at] & 0x80;
        return at;
    }
}
