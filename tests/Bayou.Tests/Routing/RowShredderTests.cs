using System.Text;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.Slices;
using Bayou.Sources;
using static Bayou.Tests.Routing.RoutingSamples;

namespace Bayou.Tests.Routing;

public class RowShredderTests
{
    private static readonly ColumnDefinition Id = Column("id", ColumnKind.Long, required: true);
    private static readonly ColumnDefinition Note = Column("note", ColumnKind.String, path: "payload.note");

    [Fact]
    public void Shred_gives_each_table_its_rows_and_its_bad_rows()
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1", "2"], Id), Table("b", ["2"], Note, Id)));

        var result = shredder.ShredAll(Batch(
            """{"id":10,"t":"1"}""",
            """{"t":2,"payload":{"x":[{"note":0}],"note":"n"},"id":11}""",
            """{"t":"2","payload":{"note":5},"id":12}""",
            """{"t":"2","id":"13"}""",
            """{"t":"3"}""",
            "oops"));

        Assert.Equal(new ShredResult { Next = 106, Records = 6 }, result);
        Assert.Equal(["100: 10", "101: 11", "102: 12"], shredder.RowsOf(0));
        Assert.Equal(["103: k | {\"t\":\"2\",\"id\":\"13\"} | type: column id is long, found \"13\" | a | 7"], shredder.QuarantinedOf(0));
        Assert.Equal(["101: n | 11"], shredder.RowsOf(1));
        Assert.Equal(
            ["102: k | {\"t\":\"2\",\"payload\":{\"note\":5},\"id\":12} | type: column note is string, found 5 | b | 7",
             "103: k | {\"t\":\"2\",\"id\":\"13\"} | type: column id is long, found \"13\" | b | 7"],
            shredder.QuarantinedOf(1));
        Assert.Equal(
            ["104: k | {\"t\":\"3\"} | unmatched: t is \"3\" | null | 7", "105: k | oops | unreadable: not a JSON object, byte 0 | null | 7"],
            shredder.RowsOf(2));
        Assert.Equal([3, 1, 2], Enumerable.Range(0, 3).Select(shredder.Rows));
        Assert.Equal([1, 2, 0], Enumerable.Range(0, 3).Select(shredder.Quarantined));
    }

    [Fact]
    public void Shred_drops_unmatched_records_where_the_route_says_so_but_never_unreadable_ones()
    {
        var shredder = new RowShredder(Plan("t", "filter", Table("a", ["1"], Id)));

        var result = shredder.ShredAll(Batch("""{"t":"x"}""", "{}", "[", """{"t":"1","id":1}"""));

        Assert.Equal(new ShredResult { Next = 104, Records = 4, Filtered = 2 }, result);
        Assert.Equal(["103: 1"], shredder.RowsOf(0));
        Assert.Equal(["unreadable: not a JSON object, byte 0"], shredder.ReasonsOf(1));
    }

    [Fact]
    public void Shred_gives_unmatched_records_to_the_table_that_takes_them()
    {
        var shredder = new RowShredder(Plan("t", "rest", Table("a", ["1"], Id), Table("rest", ["9"], Column("t", ColumnKind.Json))));

        shredder.ShredAll(Batch("""{"t":"x"}""", "{}", """{"t":null}""", """{"t":9}""", """{"t":[]}"""));

        Assert.Equal(["100: \"x\"", "101: null", "102: null", "103: 9", "104: []"], shredder.RowsOf(1));
    }

    [Fact]
    public void Shred_finds_a_nested_discriminator_and_a_parent_as_json()
    {
        var shredder = new RowShredder(Plan("meta.type", "quarantine", Table("a", ["x"], Column("meta", ColumnKind.Json), Column("v", ColumnKind.Int, path: "meta.d.v"))));

        shredder.ShredAll(Batch("""{"z":[[{"meta":1}]],"meta": {"d":{"w":{},"v":5}, "type":"x"} ,"y":{"type":"n"}}""", """{"meta":"x"}""", """{"meta":{"type":"x","d":7}}"""));

        Assert.Equal(["100: {\"d\":{\"w\":{},\"v\":5}, \"type\":\"x\"} | 5", "102: {\"type\":\"x\",\"d\":7} | null"], shredder.RowsOf(0));
        Assert.Equal(["unmatched: meta.type is nothing"], shredder.ReasonsOf(1));
    }

    [Theory]
    [InlineData("""{"t":1,"id":1,"id":2}""", "100: null | 2")]
    [InlineData("""{"t":1,"id":"bad","payload":{"note":"old"},"id":2,"payload":{"note":"new"}}""", "100: new | 2")]
    [InlineData("""{"t":1,"id":2,"payload":{"note":"old"},"payload":{"x":0}}""", "100: null | 2")]
    [InlineData("""{"t":1,"id":2,"payload":{"note":"old"},"payload":[{"note":"x"}]}""", "100: null | 2")]
    [InlineData("""{"t":1,"id":2,"payload":{"note":"old","note":null}}""", "100: null | 2")]
    [InlineData("""{"t":0,"id":2,"payload":null,"payload":{"note":"x"},"t":1}""", "100: x | 2")]
    [InlineData("""{"t":1,"id":2,"\u0070ayload":{"n\u006Fte":"x"}}""", "100: x | 2")]
    [InlineData("""{"t":1,"id":2,"payload":{"note":"old"},"p\u0061yload":{}}""", "100: null | 2")]
    [InlineData("""{"t":1,"id":2,"ID":3,"id ":4,"i":5,"idx":6,"payload.note":"x","note":"y"}""", "100: null | 2")]
    public void Shred_takes_the_last_of_duplicate_names(string json, string expected)
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], Note, Id)));

        shredder.ShredAll(Batch(json));

        Assert.Equal([expected], shredder.RowsOf(0));
    }

    [Fact]
    public void Shred_finds_names_with_quotes_and_every_length()
    {
        string[] names = ["", "a", "ab", "abc", "abcd", "abcde", "abcdefg", "abcdefgh", "abcdefghi", "q\"", "q\\", "é€😀", "0123456789abcdef0123456789abcdef"];
        var columns = names.Select((name, index) => Column($"c{index}", ColumnKind.Int) with { Path = [name] }).ToArray();
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], columns)));
        var json = "{\"t\":1," + string.Join(',', names.Select((name, index) => System.Text.Json.JsonSerializer.Serialize(name) + ":" + index)) + "}";

        shredder.ShredAll(Batch(json, json, "{\"t\":1,\"q\"\":1}", json));

        var row = string.Join(" | ", Enumerable.Range(0, names.Length));
        Assert.Equal(["100: " + row, "101: " + row, "103: " + row], shredder.RowsOf(0));
        Assert.Equal(["unreadable: JSON not well formed, byte 10"], shredder.ReasonsOf(1));
    }

    [Theory]
    [InlineData(0, 1000, "100 101 102 103", 104)]
    [InlineData(101, 103, "101 102", 103)]
    [InlineData(103, 103, "", 103)]
    [InlineData(104, 1000, "", 104)]
    [InlineData(110, 1000, "", 110)]
    public void Shred_range_takes_the_records_inside(long from, long until, string offsets, long next)
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], Id)));
        var batch = Batch([.. Enumerable.Range(0, 4).Select(id => $"{{\"t\":1,\"id\":{id}}}")]);

        var result = shredder.Shred(batch, from, until, [true, true], 1000);

        Assert.Equal(next, result.Next);
        Assert.False(result.Cut);
        Assert.Equal(offsets, string.Join(' ', shredder.RowsOf(0).Select(row => row[..3])));
    }

    [Fact]
    public void Shred_batch_of_gaps_ends_at_its_end()
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], Id)));

        Assert.Equal(new ShredResult { Next = 90 }, shredder.ShredAll(new MicroBatch(Source, new OffsetRange(50, 90), default, default)));
        Assert.Null(shredder.Build(0));
        Assert.Null(shredder.Build(1));
    }

    [Fact]
    public void Shred_record_carries_its_timestamp_and_null_key()
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], Id)));
        var value = "{\"t\":1,\"id\":1}"u8.ToArray();
        long[] stamps = [-1, 0, 1772368496789, -5, long.MaxValue];
        var entries = stamps.Select((stamp, index) => new RecordEntry { Offset = index, TimestampMilliseconds = stamp, KeyLength = -1, ValueLength = index == 3 ? -1 : value.Length }).ToArray();

        shredder.ShredAll(new MicroBatch(Source, new OffsetRange(0, 5), entries, value));

        Assert.Equal([long.MinValue, 0, 1772368496789000, long.MinValue], new RowBlock(shredder.Build(0)!.Rows.Span).Timestamps.ToArray());
        Assert.Equal([-5000], new RowBlock(shredder.Build(1)!.Rows.Span).Timestamps.ToArray());
        Assert.Equal(["3: null | null | unreadable: no value (tombstone) | null | 7"], shredder.RowsOf(1));
    }

    [Fact]
    public void BuildSlice_states_where_it_belongs()
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], Id)));
        var pool = new BufferPool(poison: true);
        shredder.ShredAll(Batch("""{"t":1,"id":1}""", """{"t":1}"""));

        var slice = shredder.BuildSlice(0, Source, 4, 90, 102, pool)!;
        var again = shredder.BuildSlice(0, Source, 4, 90, 102, pool)!;

        Assert.Equal((Source, 4, 7, new OffsetRange(90, 102)), (slice.Source, slice.Generation, slice.Version, slice.Range));
        Assert.Equal(slice.Rows.ToArray(), again.Rows.ToArray());
        Assert.Equal(slice.Quarantined.ToArray(), again.Quarantined.ToArray());
        Assert.Null(shredder.BuildSlice(1, Source, 4, 90, 102, pool));
        slice.ReleaseOnce();
        again.ReleaseOnce();
        Assert.Equal(0, pool.RentedBytes);
    }

    [Fact]
    public void Shred_wrong_number_of_targets_is_refused()
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1"], Id)));

        Assert.Throws<ArgumentException>(() => shredder.Shred(Batch("{}"), 0, 1, [true], 1000));
    }

    [Fact]
    public void Classify_says_what_Shred_does_and_leaves_it_alone()
    {
        var shredder = new RowShredder(Plan("t", "quarantine", Table("a", ["1", "2"], Id), Table("b", ["2"], Note)));
        var batch = Batch("""{"t":1,"id":1}""", """{"t":2,"id":1,"payload":{"note":1}}""", """{"t":3}""", "x");
        shredder.ShredAll(batch);
        var before = shredder.RowsOf(0);

        var outcomes = new Outcome[3];
        var seen = new List<string>();
        for (var i = 0; i < batch.Count; i++) seen.Add($"{shredder.Classify(batch[i], outcomes)} {string.Join(' ', outcomes)}");

        Assert.Equal(["Routed Row None None", "Routed Row Quarantine None", "Unmatched None None Row", "Unreadable None None Row"], seen);
        Assert.Equal(before, shredder.RowsOf(0));
        Assert.Equal(RecordOutcome.Filtered, new RowShredder(Plan("t", "filter", Table("a", ["1"], Id))).Classify(batch[2], new Outcome[2]));
    }

    [Fact]
    public void Reason_is_bounded_and_safe()
    {
        var name = new string('é', 100) + "\n";
        var shredder = new RowShredder(Plan(string.Join('.', name, name), "quarantine", Table("a", ["1"], Column(name, new ColumnType(ColumnKind.Decimal, 38, 38)) with { Path = ["x"] })));

        shredder.ShredAll(Batch("{}", $"{{\"x\":\"{new string('€', 100)}\",\"{name[..^1]}\\n\":{{\"{name[..^1]}\\n\":1}}}}"));

        Assert.Equal([$"unmatched: {new string('é', 30)}... is nothing"], shredder.ReasonsOf(1));
        Assert.Equal([$"type: column {new string('é', 30)}... is decimal(38,38), found \"{new string('€', 13)}..."], shredder.ReasonsOf(0));
    }
}
