using System.Text;
using Bayou.Grains.Routing;

namespace Bayou.Tests.Routing;

public class ShapeScannerTests
{
    private static readonly PathTree Tree = new([["a"], ["o", "b"], ["o", "c"], ["whole"], ["z"]]);

    private readonly EventValues _values;
    private readonly ShapeScanner _scanner;

    public ShapeScannerTests()
    {
        _values = new EventValues(Tree.Nodes);
        _scanner = new ShapeScanner(Tree, _values);
    }

    [Theory]
    [InlineData("""{"a":1,"z":"x"}""", """{"a":-20.5,"z":"longer than thirty-two bytes, so that two steps are needed"}""")]
    [InlineData("""{"a":1,"z":"x"}""", """{"a":null,"z":true}""")]
    [InlineData("""{"a":"x"}""", """{"a":"with \"escapes\" \u00e9"}""")]
    [InlineData("""{"a":"x"}""", """{"a":"é😀"}""")]
    [InlineData(""" { "a" : 1 , "other" : 2 } """, """ { "a" : 3 , "other" : "x" } """)]
    [InlineData("""{"o":{"b":1,"c":2},"z":3}""", """{"o":{"b":"x","c":[0]},"z":4}""", false)]
    [InlineData("""{"o":{"b":1,"c":2},"z":3}""", """{"o":{"b":"x","c":"y"},"z":4}""")]
    [InlineData("""{"whole":{"any":1},"o":{},"a":1}""", """{"whole":{"any":2},"o":{},"a":2}""")]
    [InlineData("""{"\u0061":1}""", """{"\u0061":2}""")]
    public void TryScan_after_one_that_looks_alike_reads_the_event(string learnt, string json, bool expected = true)
    {
        _scanner.Learn(Encoding.UTF8.GetBytes(learnt));

        Assert.Equal(expected, Scan(json));
        if (!expected) return;
        var walked = Read(_values, json);
        var plain = new EventScanner(Tree);
        Assert.Equal(ScanError.None, plain.Scan(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetBytes(json)));
        Assert.Equal(Read(plain.Values, json), walked);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1""")]
    [InlineData("""{"a":1}""", """{"a":01}""")]
    [InlineData("""{"a":1}""", """{"a":1.}""")]
    [InlineData("""{"a":1}""", """{"a":-}""")]
    [InlineData("""{"a":1}""", """{"a":1e5}""")]
    [InlineData("""{"a":1}""", """{"a":}""")]
    [InlineData("""{"a":1}""", """{"a":nul}""")]
    [InlineData("""{"a":1}""", """{"a":1}}""")]
    [InlineData("""{"a":1}""", """{"a":"x}""")]
    [InlineData("""{"a":1}""", """{"a":"\x"}""")]
    [InlineData("""{"a":1}""", "{\"a\":\"\t\"}")]
    [InlineData("""{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"other":{}}""", """{"other":{}}""")]
    public void TryScan_of_what_is_broken_or_not_learnt_leaves_it(string learnt, string json)
    {
        _scanner.Learn(Encoding.UTF8.GetBytes(learnt));

        Assert.False(Scan(json));
    }

    [Fact]
    public void TryScan_never_takes_bytes_behind_the_event()
    {
        _scanner.Learn("""{"a":1,"z":"x"}"""u8);
        var window = """{"a":1,"z":"x"}                                              """u8;

        for (var length = 0; length < 15; length++) Assert.False(_scanner.TryScan(window, length));
        Assert.True(_scanner.TryScan(window, 15));
        Assert.True(_scanner.TryScan(window, 16));
    }

    [Fact]
    public void TryScan_of_text_that_is_no_UTF8_leaves_it()
    {
        _scanner.Learn("""{"a":1}"""u8);

        Assert.False(_scanner.TryScan([.. "{\"a\":\""u8, 0xC3, .. "\"}"u8], 9));
    }

    [Fact]
    public void Learn_from_names_that_never_repeat_ends_and_what_was_learnt_stays()
    {
        _scanner.Learn("""{"a":1}"""u8);
        for (var i = 0; i < 5000; i++) _scanner.Learn(Encoding.UTF8.GetBytes($$"""{"a":1,"name{{i}}":2}"""));

        Assert.True(Scan("""{"a":2}"""));
        Assert.False(Scan("""{"a":1,"name4999":2}"""));
    }

    private bool Scan(string json) => _scanner.TryScan(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetByteCount(json));

    private static string Read(EventValues values, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var read = new StringBuilder();
        for (var node = 1; node < Tree.Nodes.Length; node++)
        {
            ref readonly var value = ref values[node];
            read.Append(value.Kind).Append(value.Kind == JsonKind.Missing ? "" : Encoding.UTF8.GetString(value.RawOf(bytes))).Append(value.Escaped).Append('|');
        }

        return read.ToString();
    }
}
