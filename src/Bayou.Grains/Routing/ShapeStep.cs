using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bayou.Grains.Routing;

/// <summary>
/// What stood between two values of an event, byte for byte: punctuation, white space, names. Behind it comes the value of <see cref="Node"/>, unless the
/// event ends. See <see cref="EventShapes"/>.
/// </summary>
internal sealed class ShapeStep
{
    private const int MostNext = 32;

    private readonly byte[] _text;
    private readonly int _length;
    private readonly uint _mask;
    private ShapeStep?[] _guesses = [];
    private ShapeStep[] _next = [];

    /// <summary>A step of the given text.</summary>
    public ShapeStep(ReadOnlySpan<byte> text, int node, ShapeMark[] marks)
    {
        // Padded, so that the wide comparison may read behind the text.
        _text = new byte[text.Length + Vector256<byte>.Count];
        text.CopyTo(_text);
        _length = text.Length;
        _mask = text.Length >= Vector256<byte>.Count ? uint.MaxValue : (1u << text.Length) - 1;
        Node = node;
        Marks = marks.Length == 0 ? null : marks;
    }

    /// <summary>Number of the value's path; negative when nobody asks for it.</summary>
    public int Node { get; }

    /// <summary>True when the event ends here.</summary>
    public bool IsEnd { get; init; }

    /// <summary>The objects that begin or end within the text; null when there are none.</summary>
    public ShapeMark[]? Marks { get; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Where the text ends that begins at <paramref name="at"/>; negative when something else stands there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Match(ReadOnlySpan<byte> json, int at)
    {
        if (_length <= Vector256<byte>.Count && json.Length - at >= Vector256<byte>.Count)
        {
            var same = Vector256.Equals(
                Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at), Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_text)));
            return (~same.ExtractMostSignificantBits() & _mask) == 0 ? at + _length : -1;
        }

        return json.Length - at >= _length && json.Slice(at, _length).SequenceEqual(Text) ? at + _length : -1;
    }

    /// <summary>The step that follows this one where <paramref name="at"/> is, and where it ends; null when none that is known does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShapeStep? Follow(ReadOnlySpan<byte> json, int at, out int end)
    {
        var next = _next;
        if (next.Length == 1)
        {
            end = next[0].Match(json, at);
            return end < 0 ? null : next[0];
        }

        return Choose(json, at, out end);
    }

    /// <summary>The step with this text that follows already; null when there is none.</summary>
    public ShapeStep? Find(ReadOnlySpan<byte> text, int node)
    {
        foreach (var step in _next)
            if (step.Node == node && step.Text.SequenceEqual(text)) return step;
        return null;
    }

    /// <summary>Lets <paramref name="step"/> follow; false when there are too many that do.</summary>
    public bool TryAdd(ShapeStep step)
    {
        if (_next.Length == MostNext) return false;
        _next = [.. _next, step];
        if (_next.Length == 2) _guesses = new ShapeStep?[MostNext];
        return true;
    }

    // Which step comes is guessed by eight bytes: those of its name, mostly.
    private ShapeStep? Choose(ReadOnlySpan<byte> json, int at, out int end)
    {
        end = -1;
        if (_guesses.Length == 0 || json.Length - at < sizeof(ulong)) return Search(json, at, out end);
        var eight = MemoryMarshal.Read<ulong>(json[at..]);
        ref var guess = ref _guesses[(int)(eight * 0x9E37_79B9_7F4A_7C15 >> 59)];
        if (guess is not null)
        {
            end = guess.Match(json, at);
            if (end >= 0) return guess;
        }

        var found = Search(json, at, out end);
        if (found is not null) guess = found;
        return found;
    }

    private ShapeStep? Search(ReadOnlySpan<byte> json, int at, out int end)
    {
        foreach (var step in _next)
        {
            end = step.Match(json, at);
            if (end >= 0) return step;
        }

        end = -1;
        return null;
    }
}
