using Bayou.Definitions;
using Bayou.Tests.PipelineFile;

namespace Bayou.Tests.Definitions;

public sealed class DefinitionFingerprintTests
{
    private static readonly string Sample = DefinitionFingerprint.Compute(Files.Read(Files.Shop));

    [Fact]
    public void Compute_sample_is_stable() =>
        Assert.Equal("df0f9a2e2c0ce173bb2ddd5d878aadcb1bf4bfd87e4255c0ffb227cacc8bc042", Sample);

    [Theory]
    [InlineData("name: shop", "name: store\npreviousName: shop")]
    [InlineData("start: earliest", "start: latest")]
    [InlineData("topics: [events]", "topics: [other]")]
    [InlineData("./lake/orders", "./elsewhere")]
    [InlineData("rows: 500000", "rows: 5")]
    [InlineData("match: [order]", "match: [order]\n    backfill: true\n    previousName: a")]
    [InlineData("{ type: string, from: payload.note }", "{ type: string, from: [payload, note], required: false }")]
    public void Compute_change_beside_the_rows_keeps_it(string piece, string by) =>
        Assert.Equal(Sample, DefinitionFingerprint.Compute(Files.Read(Files.With(piece, by))));

    [Theory]
    [InlineData("field: event_type", "field: type")]
    [InlineData("field: event_type", "field: [event, type]")]
    [InlineData("unmatched: quarantine", "unmatched: filter")]
    [InlineData("  orders:", "  sales:")]
    [InlineData("match: [order]", "match: [order, sale]")]
    [InlineData("match: [order]", "match: [order]\n    metadata: false")]
    [InlineData("event_id: string", "event: string")]
    [InlineData("event_id: string", "event_id: binary")]
    [InlineData("decimal(12,2)", "decimal(12,3)")]
    [InlineData("decimal(12,2)", "decimal(13,2)")]
    [InlineData("from: payload.note", "from: payload.text")]
    [InlineData("required: true", "required: false")]
    [InlineData("      ts: timestamp\n", "")]
    public void Compute_change_of_the_rows_changes_it(string piece, string by) =>
        Assert.NotEqual(Sample, DefinitionFingerprint.Compute(Files.Read(Files.With(piece, by))));

    [Fact]
    public void Compute_order_of_tables_and_match_values_makes_no_difference()
    {
        const string a = "\n  a: { match: [x, y], columns: { v: long }, sink: { delta: { path: a } } }";
        const string b = "\n  b: { match: [z], columns: { v: long }, sink: { delta: { path: b } } }";

        var one = DefinitionFingerprint.Compute(Files.Read(Files.Shop + a + b));
        var other = DefinitionFingerprint.Compute(Files.Read(Files.Shop + b + a.Replace("[x, y]", "[y, x]", StringComparison.Ordinal)));

        Assert.Equal(one, other);
    }
}
