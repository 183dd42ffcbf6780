using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bayou.PipelineFile.Yaml;

/// <summary>
/// Reads YAML into nodes that know their place. Depth and the number of nodes, those behind aliases counted at each use, are bounded, so
/// that no file takes long to read.
/// </summary>
internal sealed class FileTree
{
    /// <summary>Deepest nesting of lists and mappings.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most nodes, counting what an alias stands for each time that it is used.</summary>
    public const int MaxNodes = 200_000;

    private const string MergeKey = "<<";

    private readonly Func<string, string?> _environment;
    private readonly ProblemList _problems;
    private readonly Parser _parser;
    private readonly Dictionary<string, FileNode?> _anchors = new(StringComparer.Ordinal);
    private long _nodes;

    private FileTree(string text, Func<string, string?> environment, ProblemList problems)
    {
        _environment = environment;
        _problems = problems;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The document's root; null when the text is not one YAML document, which is reported.</summary>
    public static FileNode? Read(string text, Func<string, string?> environment, ProblemList problems)
    {
        var tree = new FileTree(text, environment, problems);
        try
        {
            return tree.ReadDocument();
        }
        catch (TreeException e)
        {
            problems.Add(e.Line, e.Column, e.Message);
        }
        catch (YamlException e)
        {
            var line = (int)Math.Max(1, e.Start.Line);
            problems.Add(line, (int)Math.Max(1, e.Start.Column), $"this is not valid YAML: {e.Message}{BraceHint(text, line)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            // The parser lets some malformed text (an impossible escape, say) surface as these.
            var at = tree._parser.Current?.End ?? Mark.Empty;
            problems.Add((int)Math.Max(1, at.Line), (int)Math.Max(1, at.Column), "this is not valid YAML, here or a little further on");
        }
        return null;
    }

    // ${NAME} is fine on a line of its own, but its braces mean something inside { } and [ ].
    private static string BraceHint(string text, int line)
    {
        var at = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        return at.Contains("${", StringComparison.Ordinal) ? " Inside { } and [ ] a value with ${...} needs quotes." : "";
    }

    private FileNode ReadDocument()
    {
        Expect<StreamStart>();
        if (Peek() is StreamEnd) throw new TreeException(1, 1, "the file is empty; a pipeline needs at least name, source, route, quarantine and tables");
        Expect<DocumentStart>();
        var root = ReadNode(0);
        Expect<DocumentEnd>();
        if (Peek() is not StreamEnd) throw At(Peek(), "a second YAML document begins here; a pipeline file holds one");
        return root;
    }

    private FileNode ReadNode(int depth)
    {
        var item = Peek();
        _parser.MoveNext();
        if (item is AnchorAlias alias) return Resolve(alias, depth);

        var line = (int)item.Start.Line;
        var column = (int)item.Start.Column;
        if (++_nodes > MaxNodes) throw At(item, $"the file holds more than {MaxNodes} values, counting each use of an alias");
        // The name is known before its node is read, so that an alias to a node around it is told from one to nothing.
        var anchor = item is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;
        if (anchor is not null) _anchors[anchor] = null;
        FileNode read = item switch
        {
            Scalar scalar => Scalar(scalar, line, column),
            SequenceStart => ReadList(line, column, Deeper(item, depth)),
            MappingStart => ReadMap(line, column, Deeper(item, depth)),
            _ => throw At(item, "a value is expected here"),
        };
        if (anchor is not null) _anchors[anchor] = read;
        return read;
    }

    private FileNode Resolve(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var target)) throw At(alias, $"alias *{name} names no anchor; write &{name} before the value that it stands for");
        if (target is null) throw At(alias, $"alias *{name} stands inside the value that it names");
        _nodes += target.Weight;
        if (_nodes > MaxNodes) throw At(alias, $"the file holds more than {MaxNodes} values, counting each use of an alias");
        if (depth + target.Height > MaxDepth) throw TooDeep(alias);
        return target;
    }

    private ScalarNode Scalar(Scalar scalar, int line, int column)
    {
        var errors = new List<string>();
        var text = EnvironmentText.Expand(scalar.Value, _environment, errors);
        foreach (var error in errors) _problems.Add(line, column, error);
        return new ScalarNode(line, column, scalar.Value, text, scalar.Style == ScalarStyle.Plain);
    }

    private ListNode ReadList(int line, int column, int depth)
    {
        var list = new ListNode(line, column);
        while (Peek() is not SequenceEnd) list.Add(ReadNode(depth));
        _parser.MoveNext();
        return list;
    }

    private MapNode ReadMap(int line, int column, int depth)
    {
        var map = new MapNode(line, column);
        var merges = new List<MapEntry>();
        while (Peek() is not MappingEnd)
        {
            var item = Peek();
            if (item is not Scalar keyScalar) throw At(item, "a key is a single value, not a list, a mapping or an alias");
            _parser.MoveNext();
            if (++_nodes > MaxNodes) throw At(item, $"the file holds more than {MaxNodes} values, counting each use of an alias");
            var key = new ScalarNode((int)item.Start.Line, (int)item.Start.Column, keyScalar.Value, keyScalar.Value, keyScalar.Style == ScalarStyle.Plain);
            var entry = new MapEntry(key, ReadNode(depth));
            if (key is { Raw: MergeKey } && keyScalar.Style == ScalarStyle.Plain) merges.Add(entry);
            else if (!map.TryAdd(entry)) _problems.Add(key, $"key {key.Shown} is given twice; it was first given in line {map.Find(entry.Name)!.Key.Line}");
        }
        _parser.MoveNext();
        // Keys of the mapping itself win over merged ones, wherever the merge stands.
        foreach (var merge in merges) Merge(map, merge);
        if (depth + map.Height - 1 > MaxDepth) throw new TreeException(line, column, DepthMessage);
        return map;
    }

    private void Merge(MapNode map, MapEntry merge)
    {
        var sources = merge.Value is ListNode list ? list.Items : [merge.Value];
        foreach (var source in sources)
        {
            if (source is not MapNode from)
            {
                _problems.Add(merge.Key, "'<<' takes an alias of a mapping, or a list of them");
                continue;
            }
            foreach (var entry in from.Entries) map.TryAdd(entry);
        }
    }

    private static string DepthMessage => $"lists and mappings are nested more than {MaxDepth} levels deep";

    private static int Deeper(ParsingEvent item, int depth) => depth < MaxDepth ? depth + 1 : throw TooDeep(item);

    private static TreeException TooDeep(ParsingEvent item) => At(item, DepthMessage);

    private static TreeException At(ParsingEvent item, string message) => new((int)item.Start.Line, (int)item.Start.Column, message);

    private ParsingEvent Peek()
    {
        if (_parser.Current is null && !_parser.MoveNext()) throw new TreeException(1, 1, "the file ends too early");
        return _parser.Current!;
    }

    private void Expect<T>() where T : ParsingEvent
    {
        var item = Peek();
        if (item is not T) throw At(item, "this is not expected here");
        _parser.MoveNext();
    }
}
