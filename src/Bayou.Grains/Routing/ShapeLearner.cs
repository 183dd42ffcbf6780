namespace Bayou.Grains.Routing;

/// <summary>
/// Learns the steps of events: which texts stand between values, and which follows which. Events with arrays, or with objects that nobody asks for, are not learnt.
/// Bounded: a producer that never repeats itself teaches nothing after a while. Not safe for concurrent use.
/// </summary>
internal sealed class ShapeLearner(PathTree tree)
{
    private const int MostSteps = 2048;
    private const int LongestText = 1024;

    private readonly List<(int Container, ShapeStep Step)> _steps = [];
    private readonly List<ShapeMark> _marks = [];
    private readonly Stack<int> _outer = [];

    /// <summary>What stands before all steps.</summary>
    public ShapeStep Start { get; } = new(default, -1, []);

    /// <summary>Learns from an event that is known to be well formed.</summary>
    public void Learn(ReadOnlySpan<byte> json)
    {
        _outer.Clear();
        _marks.Clear();
        var step = Start;
        int text = 0, entered = 0, container = 0;
        var at = JsonTokens.SkipSpace(json, 0) + 1;
        while (true)
        {
            at = JsonTokens.SkipSpace(json, at);
            if (json[at] == '}')
            {
                at++;
                if (_outer.Count == 0)
                {
                    Add(step, json[text..at], entered, -1, isEnd: true);
                    return;
                }

                _marks.Add(new ShapeMark(container, at - text, IsEnd: true));
                container = _outer.Pop();
                continue;
            }

            if (json[at] == ',') at = JsonTokens.SkipSpace(json, at + 1);
            var name = at + 1;
            at = JsonTokens.SkipString(json, at, out var escaped);
            var node = NodeOf(container, json[name..(at - 1)], escaped);
            at = JsonTokens.SkipSpace(json, JsonTokens.SkipSpace(json, at) + 1);
            switch (json[at])
            {
                case (byte)'[':
                case (byte)'{' when node < 0:
                    return;
                case (byte)'{':
                    _marks.Add(new ShapeMark(node, at - text, IsEnd: false));
                    _outer.Push(container);
                    container = node;
                    at++;
                    continue;
            }

            if (Add(step, json[text..at], entered, node, isEnd: false) is not { } next) return;
            step = next;
            entered = container;
            text = at = SkipValue(json, at);
        }
    }

    // The step of this text behind `before`; null when there is no room for it.
    private ShapeStep? Add(ShapeStep before, ReadOnlySpan<byte> text, int container, int node, bool isEnd)
    {
        var marks = _marks.ToArray();
        _marks.Clear();
        if (before.Find(text, node) is { } known) return known;
        if (text.Length > LongestText) return null;
        ShapeStep? step = null;
        foreach (var (begin, other) in _steps)
            if (begin == container && other.Node == node && other.Text.SequenceEqual(text)) step = other;
        if (step is null)
        {
            if (_steps.Count == MostSteps) return null;
            step = new ShapeStep(text, node, marks) { IsEnd = isEnd };
            _steps.Add((container, step));
        }

        return before.TryAdd(step) ? step : null;
    }

    private int NodeOf(int container, ReadOnlySpan<byte> name, bool escaped)
    {
        if (tree.Nodes[container].Children is not { } children) return -1;
        if (!escaped) return children.Find(name);
        Span<byte> text = new byte[name.Length];
        return JsonText.TryUnescape(name, text, out var length) ? children.Find(text[..length]) : -1;
    }

    private static int SkipValue(ReadOnlySpan<byte> json, int at) => json[at] switch
    {
        (byte)'"' => JsonTokens.SkipString(json, at, out _),
        (byte)'t' or (byte)'n' => at + 4,
        (byte)'f' => at + 5,
        _ => JsonTokens.SkipNumber(json, at),
    };
}
