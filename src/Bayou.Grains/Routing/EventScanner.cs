using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Bayou.Grains.Routing;

/// <summary>
/// Reads one JSON object: checks every byte of it against the grammar and remembers where the values of the <see cref="PathTree"/> lie. Of a name that
/// comes twice in one object the last one counts, with everything below it. Not safe for concurrent use.
/// </summary>
internal sealed class EventScanner
{
    private const int DeepestNesting = 64;
    private const int Unknown = -1;
    private const int InArray = -2;

    private readonly PathNode[] _nodes;
    private readonly FieldValue[] _values;

    // Which name came first in an object, and which came after a name, the last time: events of one producer keep their order.
    private readonly int[] _first;
    private readonly int[] _after;
    private readonly byte[] _name;
    private uint _stamp;

    /// <summary>A scanner for the values of one tree.</summary>
    public EventScanner(PathTree tree)
    {
        _nodes = tree.Nodes;
        _values = new FieldValue[_nodes.Length];
        _first = new int[_nodes.Length];
        _after = new int[_nodes.Length];
        _name = new byte[tree.LongestName * 6];
    }

    /// <summary>Where the last scan failed.</summary>
    public int ErrorPosition { get; private set; }

    /// <summary>The value at a node of the tree in the event scanned last; of kind <see cref="JsonKind.Missing"/> when there is none.</summary>
    public FieldValue this[int node]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref var value = ref _values[node];
            return value.Stamp == _stamp ? value : default;
        }
    }

    /// <summary>Scans an event. Unless it returns <see cref="ScanError.None"/>, the values mean nothing.</summary>
    public ScanError Scan(ReadOnlySpan<byte> json)
    {
        if (++_stamp == 0)
        {
            Array.Clear(_values);
            _stamp = 1;
        }

        if (!Utf8.IsValid(json)) return ScanError.Encoding;
        var at = SkipSpace(json, 0);
        if (at == json.Length) return ScanError.Empty;
        ErrorPosition = at;
        if (json[at] != '{') return ScanError.NotAnObject;
        if (!TryScan(json, ref at, out var error))
        {
            ErrorPosition = at;
            return error != ScanError.None ? error : at >= json.Length ? ScanError.Truncated : ScanError.Syntax;
        }

        ErrorPosition = at = SkipSpace(json, at);
        return at == json.Length ? ScanError.None : ScanError.Trailing;
    }

    [SkipLocalsInit]
    private bool TryScan(ReadOnlySpan<byte> json, ref int at, out ScanError error)
    {
        Span<int> containers = stackalloc int[DeepestNesting];
        Span<int> resume = stackalloc int[DeepestNesting];
        var depth = 0;
        var container = Unknown; // what we are in: a node, an object that nobody asks for, or an array
        var previous = Unknown; // the name before, in this object
        var node = 0; // where the next value belongs
        error = ScanError.None;

    Value:
        at = SkipSpace(json, at);
        if ((uint)at >= (uint)json.Length) return false;
        var start = at;
        JsonKind kind;
        switch (json[at])
        {
            case (byte)'"':
                if (!TryString(json, ref at, out var escaped)) return false;
                if (node >= 0) Remember(node, start + 1, at - 1, JsonKind.String, escaped);
                goto AfterValue;
            case (byte)'{':
            case (byte)'[':
                var isObject = json[at] == '{';
                if (depth == DeepestNesting)
                {
                    error = ScanError.Depth;
                    return false;
                }

                containers[depth] = container;
                resume[depth++] = previous;
                if (node >= 0) Remember(node, start, 0, isObject ? JsonKind.Object : JsonKind.Array, false);
                at = SkipSpace(json, at + 1);
                if ((uint)at >= (uint)json.Length) return false;
                if (isObject)
                {
                    // The node is needed again at the end of the object even where nothing below it is asked for.
                    container = node;
                    previous = Unknown;
                    if (json[at] != '}') goto Name;
                }
                else
                {
                    // An array that is asked for keeps its node in `previous`, which arrays do not use.
                    previous = node;
                    container = InArray;
                    node = Unknown;
                    if (json[at] != ']') goto Value;
                }

                at++;
                goto Closed;
            case (byte)'t':
                kind = JsonKind.True;
                if (!TryWord(json, ref at, "true"u8)) return false;
                break;
            case (byte)'f':
                kind = JsonKind.False;
                if (!TryWord(json, ref at, "false"u8)) return false;
                break;
            case (byte)'n':
                kind = JsonKind.Null;
                if (!TryWord(json, ref at, "null"u8)) return false;
                break;
            default:
                kind = JsonKind.Number;
                if (!TryNumber(json, ref at)) return false;
                break;
        }

        if (node >= 0) Remember(node, start, at, kind, false);

    AfterValue:
        at = SkipSpace(json, at);
        if ((uint)at >= (uint)json.Length) return false;
        if (json[at] == ',')
        {
            at++;
            if (container == InArray) goto Value;
            at = SkipSpace(json, at);
            goto Name;
        }

        if (json[at] != (container == InArray ? ']' : '}')) return false;
        at++;

    Closed:
        var closed = container == InArray ? previous : container;
        if (closed >= 0) _values[closed].End = at;
        depth--;
        container = containers[depth];
        previous = closed >= 0 && container != InArray ? closed : resume[depth];
        if (depth == 0) return true;
        node = Unknown;
        goto AfterValue;

    Name:
        if ((uint)at >= (uint)json.Length || json[at] != '"') return false;
        node = Unknown;
        if (container < 0 || _nodes[container].Children is not { } children)
        {
            if (!TryString(json, ref at, out _)) return false;
        }
        else
        {
            var guess = previous < 0 ? _first[container] : _after[previous];
            var expected = _nodes[guess].QuotedName;
            if (guess > 0 && json[(at + 1)..].StartsWith(expected))
            {
                at += expected.Length + 1;
                node = guess;
            }
            else
            {
                start = at + 1;
                if (!TryString(json, ref at, out var escapedName)) return false;
                node = Find(children, json[start..(at - 1)], escapedName);
                if (node >= 0 && !escapedName)
                {
                    if (previous < 0) _first[container] = node;
                    else _after[previous] = node;
                }
            }

            if (node >= 0) previous = node;
        }

        if ((uint)at >= (uint)json.Length) return false;
        if (json[at] != ':')
        {
            at = SkipSpace(json, at);
            if ((uint)at >= (uint)json.Length || json[at] != ':') return false;
        }

        at++;
        goto Value;
    }

    private int Find(Utf8Lookup children, ReadOnlySpan<byte> name, bool escaped)
    {
        if (!escaped) return children.Find(name);
        if (name.Length > _name.Length || !JsonText.TryUnescape(name, _name, out var length)) return Unknown;
        return children.Find(_name.AsSpan(0, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Remember(int node, int start, int end, JsonKind kind, bool escaped)
    {
        ref var value = ref _values[node];
        if (value.Stamp == _stamp) Forget(node);
        value.Start = start;
        value.End = end;
        value.Stamp = _stamp;
        value.Kind = kind;
        value.Escaped = escaped;
    }

    // The name came before in the same object: what lay below it then is gone with it.
    private void Forget(int node)
    {
        for (var below = node + 1; below <= _nodes[node].LastDescendant; below++) _values[below].Stamp = _stamp - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] <= ' ' && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    private static bool TryWord(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> word)
    {
        var rest = json[at..];
        if (rest.StartsWith(word))
        {
            at += word.Length;
            return true;
        }

        at += rest.CommonPrefixLength(word);
        return false;
    }

    /// <summary>From the opening quote to behind the closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryString(ReadOnlySpan<byte> json, ref int at, out bool escaped)
    {
        escaped = false;
        at++;
        while (true)
        {
            at = FindSpecial(json, at);
            if ((uint)at >= (uint)json.Length || json[at] < ' ') return false;
            if (json[at] == '"')
            {
                at++;
                return true;
            }

            escaped = true;
            if (!TryEscape(json, ref at)) return false;
        }
    }

    /// <summary>Index of the first quote, backslash or control character from <paramref name="at"/> on; the end when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FindSpecial(ReadOnlySpan<byte> json, int at)
    {
        while (json.Length - at >= Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special != Vector128<byte>.Zero) return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            at += Vector128<byte>.Count;
        }

        while ((uint)at < (uint)json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) at++;
        return at;
    }

    private static bool TryEscape(ReadOnlySpan<byte> json, ref int at)
    {
        if (++at >= json.Length) return false;
        if (json[at] != 'u')
        {
            if (!"\"\\/bfnrt"u8.Contains(json[at])) return false;
            at++;
            return true;
        }

        for (var digits = 0; digits < 4; digits++)
            if (++at >= json.Length || !char.IsAsciiHexDigit((char)json[at])) return false;
        at++;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> json, ref int at)
    {
        if (json[at] == '-') at++;
        if ((uint)at >= (uint)json.Length) return false;
        if (json[at] == '0') at++;
        else if (!TryDigits(json, ref at)) return false;
        if ((uint)at < (uint)json.Length && json[at] == '.')
        {
            at++;
            if (!TryDigits(json, ref at)) return false;
        }

        if ((uint)at < (uint)json.Length && (json[at] | 0x20) == 'e')
        {
            at++;
            if ((uint)at < (uint)json.Length && json[at] is (byte)'+' or (byte)'-') at++;
            if (!TryDigits(json, ref at)) return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDigits(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9) at++;
        return at > start;
    }
}
