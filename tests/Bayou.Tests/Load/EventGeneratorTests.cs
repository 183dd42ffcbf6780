using System.Buffers;
using System.Text;
using System.Text.Json;
using Bayou.Load;

namespace Bayou.Tests.Load;

public sealed class EventGeneratorTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [Fact]
    public void WriteValue_first_event_is_known() =>
        Assert.Equal(
            """
            {"event_id":"5e41ab087439611e","event_type":"error","ts":"2026-01-01T00:00:00.000Z","user_id":64436,"service":"billing-63781","code":2900,"message":"no such item","session":"app-33561","fatal":false}
            """,
            Value(new EventGenerator(new LoadOptions()), 0));

    [Fact]
    public void Write_equal_options_give_equal_events_in_any_order()
    {
        var options = new LoadOptions { Seed = 7, Types = 25, SizeBytes = 300, Skew = 0.2, BadShare = 0.1 };
        var forward = new EventGenerator(options);
        var backward = new EventGenerator(options with { });
        var bytes = new List<byte[]>();

        for (var i = 0; i < 1000; i++) bytes.Add(Bytes(forward, i));

        for (var i = 999; i >= 0; i--) Assert.Equal(bytes[i], Bytes(backward, i));
    }

    [Fact]
    public void Write_another_seed_gives_other_events() =>
        Assert.NotEqual(Value(new EventGenerator(new LoadOptions()), 5), Value(new EventGenerator(new LoadOptions { Seed = 2 }), 5));

    [Fact]
    public void Write_goes_to_both_writers()
    {
        var generator = new EventGenerator(new LoadOptions());
        var key = new ArrayBufferWriter<byte>();
        var value = new ArrayBufferWriter<byte>();

        generator.Write(3, key, value);

        Assert.Equal(Bytes(generator, 3), value.WrittenSpan.ToArray());
        using var json = JsonDocument.Parse(value.WrittenMemory);
        Assert.Equal(json.RootElement.GetProperty("user_id").GetInt64().ToString(), Encoding.UTF8.GetString(key.WrittenSpan));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void WriteValue_every_type_has_its_fields(int types)
    {
        var generator = new EventGenerator(new LoadOptions { Types = types });
        var catalog = EventCatalog.Take(types);
        var seen = new HashSet<string>();
        for (var i = 0; i < 20 * types; i++)
        {
            using var json = JsonDocument.Parse(Bytes(generator, i));
            var type = catalog[generator.TypeOf(i)];
            seen.Add(type.Name);
            Assert.Equal(type.Name, json.RootElement.GetProperty("event_type").GetString());
            Assert.Equal(["event_id", "event_type", "ts", "user_id", .. type.Fields.Select(f => f.Name)], json.RootElement.EnumerateObject().Select(p => p.Name));
            Assert.Equal(generator.TimeOf(i), json.RootElement.GetProperty("ts").GetDateTime());
            foreach (var field in type.Fields) AssertType(field, json.RootElement.GetProperty(field.Name));
        }
        Assert.Equal(types, generator.TypeNames.Distinct().Count());
        if (types <= 10) Assert.Equal(types, seen.Count);
    }

    [Theory]
    [InlineData(0, 10_155)]
    [InlineData(0.5, 50_142)]
    [InlineData(1, 100_000)]
    public void TypeOf_first_type_has_its_share(double skew, int expected)
    {
        var generator = new EventGenerator(new LoadOptions { Skew = skew });

        Assert.Equal(expected, Enumerable.Range(0, 100_000).Count(i => generator.TypeOf(i) == 0));
    }

    [Fact]
    public void TypeOf_types_are_as_frequent()
    {
        var generator = new EventGenerator(new LoadOptions());

        var counts = Enumerable.Range(0, 100_000).GroupBy(i => generator.TypeOf(i)).OrderBy(g => g.Key).Select(g => g.Count());

        Assert.Equal([10155, 10018, 10035, 10002, 9932, 9980, 10101, 9821, 10040, 9916], counts);
    }

    [Fact]
    public void BadnessOf_kinds_have_their_share()
    {
        var generator = new EventGenerator(new LoadOptions { BadShare = 0.05 });

        var counts = Enumerable.Range(0, 100_000).GroupBy(i => generator.BadnessOf(i)).OrderBy(g => g.Key).Select(g => g.Count());

        Assert.Equal([94992, 1014, 968, 1056, 990, 980], counts);
    }

    [Fact]
    public void WriteValue_bad_records_are_bad_in_their_way()
    {
        var generator = new EventGenerator(new LoadOptions { BadShare = 1, SizeBytes = 250 });
        for (var i = 0; i < 500; i++)
        {
            var bytes = Bytes(generator, i);
            switch (generator.BadnessOf(i))
            {
                case BadKind.TruncatedJson:
                    Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(bytes));
                    break;
                case BadKind.WrongType:
                    Assert.Equal("nobody", JsonDocument.Parse(bytes).RootElement.GetProperty("user_id").GetString());
                    break;
                case BadKind.MissingRequired:
                    Assert.False(JsonDocument.Parse(bytes).RootElement.TryGetProperty("user_id", out _));
                    break;
                case BadKind.UnknownType:
                    Assert.DoesNotContain(JsonDocument.Parse(bytes).RootElement.GetProperty("event_type").GetString(), generator.TypeNames);
                    break;
                case BadKind.InvalidUtf8:
                    Assert.Throws<DecoderFallbackException>(() => Strict.GetString(bytes));
                    break;
                default:
                    Assert.Fail($"Record {i} is good.");
                    break;
            }
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1024)]
    [InlineData(20_000)]
    [InlineData(1_000_000)]
    public void WriteValue_size_is_exact(int size)
    {
        var generator = new EventGenerator(new LoadOptions { SizeBytes = size });
        for (var i = 0; i < 20; i++)
        {
            var bytes = Bytes(generator, i);
            Assert.Equal(size, bytes.Length);
            using var json = JsonDocument.Parse(bytes);
            Assert.False(string.IsNullOrEmpty(json.RootElement.GetProperty("note").GetString()));
        }
    }

    [Fact]
    public void WriteValue_natural_size_is_about_210_bytes()
    {
        var generator = new EventGenerator(new LoadOptions());

        Assert.Equal(209, Enumerable.Range(0, 10_000).Sum(i => Bytes(generator, i).Length) / 10_000);
    }

    [Fact]
    public void Write_allocates_nothing()
    {
        var generator = new EventGenerator(new LoadOptions { BadShare = 0.1, SizeBytes = 300 });
        var target = new byte[generator.MaxValueBytes];
        generator.WriteValue(0, target);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            generator.WriteKey(i, target);
            generator.WriteValue(i, target);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Write_too_little_room_is_refused()
    {
        var generator = new EventGenerator(new LoadOptions());

        Assert.Throws<ArgumentException>(() => generator.WriteValue(0, new byte[generator.MaxValueBytes - 1]));
        Assert.Throws<ArgumentException>(() => generator.WriteKey(0, new byte[EventGenerator.MaxKeyBytes - 1]));
    }

    [Fact]
    public void Create_options_out_of_range_are_refused()
    {
        LoadOptions[] wrong =
        [
            new() { Types = 0 }, new() { Types = 1001 }, new() { SizeBytes = -1 }, new() { SizeBytes = 1_000_001 }, new() { Skew = -0.1 }, new() { Skew = 1.1 },
            new() { BadShare = double.NaN }, new() { Users = 0 }, new() { EventsPerMillisecond = 0 },
        ];

        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new EventGenerator(options)));
    }

    private static void AssertType(EventField field, JsonElement value)
    {
        switch (field.ColumnType)
        {
            case "string": Assert.Equal(JsonValueKind.String, value.ValueKind); break;
            case "bool": Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False); break;
            case "int": value.GetInt32(); break;
            case "long": value.GetInt64(); break;
            case "double": Assert.InRange(value.GetDouble(), 0, 10_000); break;
            default: Assert.InRange(value.GetDecimal().Scale, 0, 2); break;
        }
    }

    private static byte[] Bytes(EventGenerator generator, long index)
    {
        var target = new byte[generator.MaxValueBytes];
        return target[..generator.WriteValue(index, target)];
    }

    private static string Value(EventGenerator generator, long index) => Encoding.UTF8.GetString(Bytes(generator, index));
}
