using System.Collections.Immutable;
using Orleans.Serialization;

namespace Bayou.GrainHost.Tests;

public sealed class CodecTests
{
    private readonly MessageCopier _copier = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Copy_of_random_values_equals_the_original(int seed)
    {
        var random = new Random(seed);
        var original = Make(random, 3);

        var copy = _copier.Read<Everything>(_copier.Write(original))!;

        AssertEqual(original, copy);
    }

    [Fact]
    public void Value_of_a_derived_type_keeps_its_type()
    {
        BaseShape original = new Square("s", 2.5) { Extra = 7, Own = 8 };

        Assert.Equal(original, _copier.Read<BaseShape>(_copier.Write(original)));
    }

    [Fact]
    public void Unmarked_type_is_refused()
    {
        Assert.Throws<CodecNotFoundException>(() => _copier.Write(new Unmarked()));
        Assert.Throws<CodecNotFoundException>(() => _copier.Write<object>(new Unmarked()));
        Assert.Throws<CodecNotFoundException>(() => _copier.Write<IReadOnlyList<int>>([1, 2]));
    }

    [Fact]
    public void Value_that_contains_itself_does_so_in_the_copy()
    {
        var value = new Everything(1);
        value.Inner = value;

        var copy = _copier.Read<Everything>(_copier.Write(value))!;

        Assert.Same(copy, copy.Inner);
    }

    [Fact]
    public void Array_that_contains_itself_does_so_in_the_copy()
    {
        var value = new object[2];
        value[1] = value;

        var copy = _copier.Read<object[]>(_copier.Write(value))!;

        Assert.Same(copy, copy[1]);
    }

    [Fact]
    public void Collection_that_contains_itself_is_refused()
    {
        List<object> value = [];
        value.Add(value);

        Assert.Throws<SerializerException>(() => _copier.Read<List<object>>(_copier.Write(value)));
    }

    [Fact]
    public void Equal_values_that_are_two_stay_two_and_one_stays_one()
    {
        BaseShape[] value = [new("a"), new("a"), new("b")];
        value[2] = value[0];

        var copy = _copier.Read<BaseShape[]>(_copier.Write(value))!;

        Assert.Equal(value, copy);
        Assert.NotSame(copy[0], copy[1]);
        Assert.Same(copy[0], copy[2]);
    }

    [Fact]
    public void Message_that_is_cut_or_altered_throws_only_serializer_errors()
    {
        var bytes = _copier.Write(Make(new Random(1), 2));
        var random = new Random(2);

        for (var run = 0; run < 500; run++)
        {
            var broken = bytes[..random.Next(bytes.Length)];
            for (var flip = 0; flip < 3 && broken.Length > 0; flip++) broken[random.Next(broken.Length)] ^= (byte)random.Next(256);
            try
            {
                _copier.Read<Everything>(broken);
            }
            catch (Exception exception) when (exception is SerializerException or ArgumentException or FormatException or InvalidCastException)
            {
            }
        }
    }

    private static Everything Make(Random random, int depth) => new(random.Next())
    {
        Shapes = Enumerable.Range(0, random.Next(4)).ToDictionary(
            one => $"é{one}",
            one => random.Next(3) switch { 0 => null, 1 => new BaseShape("b") { Extra = one }, _ => new Square("s", random.NextDouble()) { Own = one } }),
        Points = random.Next(3) == 0 ? default : [.. Enumerable.Range(0, random.Next(5)).Select(one => new Point(one, random.NextInt64()))],
        Memory = Enumerable.Range(0, random.Next(5)).Select(one => new Point(one, -1)).ToArray(),
        Pair = (random.Next(), random.Next(2) == 0 ? null : "text"),
        Anything = random.Next(6) switch
        {
            0 => null,
            1 => random.Next(),
            2 => "text",
            3 => new[] { 1L, random.NextInt64() },
            4 => new List<Point?> { null, new(1, 2) },
            _ => Color.Blue,
        },
        Colors = random.Next(2) == 0 ? null : new List<Color> { Color.Blue, Color.Red },
        Decimal = new decimal(random.NextDouble()),
        Big = Int128.MaxValue - random.Next(),
        When = new DateTimeOffset(random.NextInt64(1L << 50, 1L << 58), TimeSpan.FromMinutes(random.Next(-600, 600))),
        Day = DateOnly.FromDayNumber(random.Next(700000)),
        Guids = random.Next(2) == 0 ? null : [Guid.NewGuid(), Guid.Empty],
        Segment = random.Next(2) == 0 ? default : new ArraySegment<byte>([1, 2, 3, 4], 1, 2),
        Address = random.Next(2) == 0 ? null : new Uri("https://example.org/ä?q=1"),
        Map = random.Next(2) == 0 ? null : ImmutableDictionary<int, string[]>.Empty.Add(1, ["a", "b"]),
        Span = random.Next(2) == 0 ? null : TimeSpan.FromTicks(random.NextInt64()),
        Inner = depth == 0 ? null : Make(random, depth - 1),
    };

    private static void AssertEqual(Everything expected, Everything actual)
    {
        Assert.Equal(expected.Hidden, actual.Hidden);
        Assert.Equal(expected.Shapes, actual.Shapes);
        Assert.Equal(expected.Points.IsDefault, actual.Points.IsDefault);
        if (!expected.Points.IsDefault) Assert.Equal(expected.Points.AsEnumerable(), actual.Points.AsEnumerable());
        Assert.Equal(expected.Memory.ToArray(), actual.Memory.ToArray());
        Assert.Equal(expected.Pair, actual.Pair);
        Assert.Equal(expected.Anything, actual.Anything);
        Assert.Equal(expected.Anything?.GetType(), actual.Anything?.GetType());
        Assert.Equal(expected.Colors, actual.Colors);
        Assert.Equal((expected.Decimal, expected.Big, expected.When, expected.When.Offset, expected.Day), (actual.Decimal, actual.Big, actual.When, actual.When.Offset, actual.Day));
        Assert.Equal(expected.Guids, actual.Guids);
        Assert.Equal(expected.Segment.AsSpan().ToArray(), actual.Segment.AsSpan().ToArray());
        Assert.Equal(expected.Address, actual.Address);
        Assert.Equal(expected.Map?[1], actual.Map?[1]);
        Assert.Equal(expected.Span, actual.Span);
        Assert.Equal(expected.Inner is null, actual.Inner is null);
        if (expected.Inner is not null) AssertEqual(expected.Inner, actual.Inner!);
    }
}
