using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Bayou.Grains.Routing;

/// <summary>
/// Reads one JSON object: checks every byte of it against the grammar and remembers where the values of the <see cref="PathTree"/> lie. What looks like earlier
/// events is read by the <see cref="ShapeScanner"/>, with the same result. Not safe for concurrent use.
/// </summary>
internal sealed class EventScanner
{
    private const int DeepestNesting = 64;
    private const int Unknown = -1;
    private const int InArray = -2;

    private readonly PathNode[] _nodes;
    private readonly ShapeScanner _shapes;

    // Which name came first in an object, and which came after a name, the last time: events of one producer keep their order.
    private readonly int[] _first;
    private readonly int[] _after;
    private readonly byte[] _name;
    private bool _tooDeep;

    /// <summary>A scanner for the values of one tree.</summary>
    public EventScanner(PathTree tree)
    {
        _nodes = tree.Nodes;
        Values = new EventValues(_nodes);
        _shapes = new ShapeScanner(tree, Values);
        _first = new int[_nodes.Length];
        _after = new int[_nodes.Length];
        _name = new byte[tree.LongestName * 6];
    }

    /// <summary>Where the last scan failed.</summary>
    public int ErrorPosition { get; private set; }

    /// <summary>The values of the event scanned last.</summary>
    public EventValues Values { get; }

    /// <summary>
    /// Scans an event. Unless it returns <see cref="ScanError.None"/>, the values mean nothing. <paramref name="window"/> begins with the event and may go on behind it.
    /// </summary>
    public ScanError Scan(ReadOnlySpan<byte> json, ReadOnlySpan<byte> window)
    {
        if (_shapes.TryScan(window, json.Length)) return ScanError.None;
        var error = ScanAnew(json);
        if (error == ScanError.None) _shapes.Learn(json);
        return error;
    }

    private ScanError ScanAnew(ReadOnlySpan<byte> json)
    {
        Values.Begin();
        if (!Utf8.IsValid(json)) return ScanError.Encoding;
        var at = JsonTokens.SkipSpace(json, 0);
        if (at == json.Length) return ScanError.Empty;
        ErrorPosition = at;
        if (json[at] != '{') return ScanError.NotAnObject;
        at = ScanObject(json, at);
        if (at < 0)
        {
            ErrorPosition = ~at;
            return ~at >= json.Length ? ScanError.Truncated : _tooDeep ? ScanError.Depth : ScanError.Syntax;
        }

        ErrorPosition = at = JsonTokens.SkipSpace(json, at);
        return at == json.Length ? ScanError.None : ScanError.Trailing;
    }

    // Where the object ends, or the complement of where it breaks.
    [SkipLocalsInit]
    private int ScanObject(ReadOnlySpan<byte> json, int at)
    {
        Span<int> containers = stackalloc int[DeepestNesting];
        Span<int> resume = stackalloc int[DeepestNesting];
        var depth = 0;
        var container = Unknown; // what we are in: a node, an object that nobody asks for, or an array
        var previous = Unknown; // the name before, in this object
        var node = 0; // where the next value belongs
        _tooDeep = false;

    Value:
        at = JsonTokens.SkipSpace(json, at);
        if ((uint)at >= (uint)json.Length) return ~at;
        var start = at;
        JsonKind kind;
        switch (json[at])
        {
            case (byte)'"':
                at = JsonTokens.SkipString(json, at, out var escaped);
                if (at < 0) return at;
                if (node >= 0) Values.Add(node, start + 1, at - 1, JsonKind.String, escaped);
                goto AfterValue;
            case (byte)'{':
            case (byte)'[':
                var isObject = json[at] == '{';
                if (depth == DeepestNesting)
                {
                    _tooDeep = true;
                    return ~at;
                }

                containers[depth] = container;
                resume[depth++] = previous;
                if (node >= 0) Values.Add(node, start, 0, isObject ? JsonKind.Object : JsonKind.Array, false);
                at = JsonTokens.SkipSpace(json, at + 1);
                if ((uint)at >= (uint)json.Length) return ~at;
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
                at = JsonTokens.SkipWord(json, at, "true"u8);
                break;
            case (byte)'f':
                kind = JsonKind.False;
                at = JsonTokens.SkipWord(json, at, "false"u8);
                break;
            case (byte)'n':
                kind = JsonKind.Null;
                at = JsonTokens.SkipWord(json, at, "null"u8);
                break;
            default:
                kind = JsonKind.Number;
                at = JsonTokens.SkipNumber(json, at);
                break;
        }

        if (at < 0) return at;
        if (node >= 0) Values.Add(node, start, at, kind, false);

    AfterValue:
        at = JsonTokens.SkipSpace(json, at);
        if ((uint)at >= (uint)json.Length) return ~at;
        if (json[at] == ',')
        {
            at++;
            if (container == InArray) goto Value;
            at = JsonTokens.SkipSpace(json, at);
            goto Name;
        }

        if (json[at] != (container == InArray ? ']' : '}')) return ~at;
        at++;

    Closed:
        var closed = container == InArray ? previous : container;
        if (closed >= 0) Values.Close(closed, at);
        depth--;
        container = containers[depth];
        previous = closed >= 0 ? closed : resume[depth];
        if (depth == 0) return at;
        node = Unknown;
        goto AfterValue;

    Name:
        if ((uint)at >= (uint)json.Length || json[at] != '"') return ~at;
        node = Unknown;
        if (container < 0 || _nodes[container].Children is not { } children)
        {
            at = JsonTokens.SkipString(json, at, out _);
            if (at < 0) return at;
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
                at = JsonTokens.SkipString(json, at, out var escapedName);
                if (at < 0) return at;
                node = Find(children, json[start..(at - 1)], escapedName);
                if (node >= 0 && !escapedName)
                {
                    if (previous < 0) _first[container] = node;
                    else _after[previous] = node;
                }
            }

            if (node >= 0) previous = node;
        }

        if ((uint)at >= (uint)json.Length) return ~at;
        if (json[at] != ':')
        {
            at = JsonTokens.SkipSpace(json, at);
            if ((uint)at >= (uint)json.Length || json[at] != ':') return ~at;
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
}
