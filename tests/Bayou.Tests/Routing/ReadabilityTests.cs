using System.Text;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using static Bayou.Tests.Routing.RoutingSamples;

namespace Bayou.Tests.Routing;

/// <summary>Which values can be read as an event at all, and which values of the discriminator can be matched.</summary>
public class ReadabilityTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" \t\r\n{ \"a\" : [ ] , \"b\" : { } , \"c\" : [ 1 , -0.5E-2 , \"\" , true , false , null ] } \n")]
    [InlineData("{\"\":{\"\":0}}")]
    [InlineData("{\"a\":\"\\u0000\\ud800\"}")]
    public void Classify_json_object_is_readable(string json) => Assert.Equal("unmatched: t is nothing", Explain(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("", "empty value")]
    [InlineData(" \n", "empty value")]
    [InlineData("[]", "not a JSON object, byte 0")]
    [InlineData(" 1", "not a JSON object, byte 1")]
    [InlineData("\"a\"", "not a JSON object, byte 0")]
    [InlineData("null", "not a JSON object, byte 0")]
    [InlineData("// no\n{}", "not a JSON object, byte 0")]
    [InlineData("\ufeff{}", "not a JSON object, byte 0")]
    [InlineData("\0{}", "not a JSON object, byte 0")]
    [InlineData("{", "JSON ends too early, byte 1")]
    [InlineData("{\"a", "JSON ends too early, byte 3")]
    [InlineData("{\"a\":\"\\", "JSON ends too early, byte 7")]
    [InlineData("{\"a\":\"\\u12", "JSON ends too early, byte 10")]
    [InlineData("{\"a\":tru", "JSON ends too early, byte 8")]
    [InlineData("{\"a\":-", "JSON ends too early, byte 6")]
    [InlineData("{\"a\":1.", "JSON ends too early, byte 7")]
    [InlineData("{\"a\":1", "JSON ends too early, byte 6")]
    [InlineData("{\"a\":[1,", "JSON ends too early, byte 8")]
    [InlineData("{\"a\":1}x", "something follows the JSON object, byte 7")]
    [InlineData("{}{}", "something follows the JSON object, byte 2")]
    [InlineData("{}\0", "something follows the JSON object, byte 2")]
    [InlineData("{\"a\":1,}", "JSON not well formed, byte 7")]
    [InlineData("{\"a\":[1,]}", "JSON not well formed, byte 8")]
    [InlineData("{\"a\":[1}", "JSON not well formed, byte 7")]
    [InlineData("{\"a\":{]}", "JSON not well formed, byte 6")]
    [InlineData("{,}", "JSON not well formed, byte 1")]
    [InlineData("{a:1}", "JSON not well formed, byte 1")]
    [InlineData("{'a':1}", "JSON not well formed, byte 1")]
    [InlineData("{\"a\" 1}", "JSON not well formed, byte 5")]
    [InlineData("{\"a\":}", "JSON not well formed, byte 5")]
    [InlineData("{\"a\":1 2}", "JSON not well formed, byte 7")]
    [InlineData("{\"a\":01}", "JSON not well formed, byte 6")]
    [InlineData("{\"a\":+1}", "JSON not well formed, byte 5")]
    [InlineData("{\"a\":.5}", "JSON not well formed, byte 5")]
    [InlineData("{\"a\":1.e5}", "JSON not well formed, byte 7")]
    [InlineData("{\"a\":1e}", "JSON not well formed, byte 7")]
    [InlineData("{\"a\":NaN}", "JSON not well formed, byte 5")]
    [InlineData("{\"a\":True}", "JSON not well formed, byte 5")]
    [InlineData("{\"a\":truE}", "JSON not well formed, byte 8")]
    [InlineData("{\"a\":\"\t\"}", "JSON not well formed, byte 6")]
    [InlineData("{\"a\":\"\0\"}", "JSON not well formed, byte 6")]
    [InlineData("{\"a\":\"\\x\"}", "JSON not well formed, byte 7")]
    [InlineData("{\"a\":\"\\u12g4\"}", "JSON not well formed, byte 10")]
    [InlineData("{\"a\":1/**/}", "JSON not well formed, byte 6")]
    [InlineData("{\"t\u0001\":1}", "JSON not well formed, byte 3")]
    [InlineData("{\"a\":\u00a01}", "JSON not well formed, byte 5")]
    public void Classify_anything_else_is_unreadable(string text, string reason) => Assert.Equal("unreadable: " + reason, Explain(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("FF")]
    [InlineData("C0AF")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    [InlineData("E282")]
    public void Classify_invalid_utf8_is_unreadable_wherever_it_is(string hex)
    {
        byte[] bad = Convert.FromHexString(hex);

        Assert.Equal("unreadable: not UTF-8", Explain([.. "{\"t\":\"1\",\"x\":\""u8, .. bad, .. "\"}"u8]));
        Assert.Equal("unreadable: not UTF-8", Explain([.. "{\"t\":\"1\",\""u8, .. bad, .. "\":0}"u8]));
        Assert.Equal("unreadable: not UTF-8", Explain([.. "{\"t\":\"1\"}"u8, .. bad]));
    }

    [Fact]
    public void Shred_finds_escapes_ends_and_control_characters_at_every_distance()
    {
        var shredder = new RowShredder(Plan("t", RouteDefinition.Quarantine, Table("a", ["1"], Column("s", ColumnKind.String))));
        for (var before = 0; before < 70; before++)
        {
            var (start, plain) = ("{\"t\":1,\"s\":\"", new string('x', before));
            shredder.ShredAll(Batch(start + plain + "\"}", start + plain + "\\u0041" + plain + "\\n\"}", start + plain + "\u001f\"}", start + plain));

            Assert.Equal([$"100: {plain}", $"101: {plain}A{plain}\n"], shredder.RowsOf(0));
            Assert.Equal(
                [$"unreadable: JSON not well formed, byte {start.Length + before}", $"unreadable: JSON ends too early, byte {start.Length + before}"],
                shredder.ReasonsOf(1));
        }
    }

    [Fact]
    public void Classify_null_value_is_unreadable() => Assert.Equal("unreadable: no value (tombstone)", Explain(null));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Classify_nesting_is_readable_up_to_64(string open, string close)
    {
        string Nested(int levels) => "{\"a\":" + string.Concat(Enumerable.Repeat(open, levels - 1)) + "0" + string.Concat(Enumerable.Repeat(close, levels - 1)) + "}";

        Assert.Equal("unmatched: t is nothing", Explain(Encoding.UTF8.GetBytes(Nested(64))));
        Assert.Equal($"unreadable: JSON nested deeper than 64, byte {5 + 63 * open.Length}", Explain(Encoding.UTF8.GetBytes(Nested(65))));
    }

    [Theory]
    [InlineData("\"1\"", null)]
    [InlineData("1", null)]
    [InlineData("\"\\u0031\"", null)]
    [InlineData("true", null)]
    [InlineData("\"true\"", null)]
    [InlineData("1.0", "unmatched: t is 1.0")]
    [InlineData("\"one\"", "unmatched: t is \"one\"")]
    [InlineData("\"a\\nb\u007f\u202e\"", "unmatched: t is \"a\\nb??\"")]
    [InlineData("\"\\ud800\"", "unmatched: t is \"\\ud800\"")]
    [InlineData("null", "unmatched: t is null")]
    [InlineData("{}", "unmatched: t is an object")]
    [InlineData("[\"1\"]", "unmatched: t is an array")]
    [InlineData("\"1\",\"t\":\"2\"", "unmatched: t is \"2\"")]
    [InlineData("\"2\",\"t\":\"1\"", null)]
    [InlineData("\"2\",\"\\u0074\":\"1\"", null)]
    [InlineData("\"2\",\"T\":\"1\"", "unmatched: t is \"2\"")]
    [InlineData("\"0123456789012345678901234567890123456789\"", "unmatched: t is \"012345678901234567890123456789012345678...")]
    public void Classify_discriminator_is_compared_as_text(string json, string? reason) =>
        Assert.Equal(reason, Explain(Encoding.UTF8.GetBytes($"{{\"t\":{json}}}")));

    private static string? Explain(byte[]? value)
    {
        var shredder = new RowShredder(Plan("t", RouteDefinition.Quarantine, Table("a", ["1", "true"], Column("x", ColumnKind.Json))));
        shredder.ShredAll(Batch(value));
        return shredder.ReasonsOf(1).SingleOrDefault();
    }
}
