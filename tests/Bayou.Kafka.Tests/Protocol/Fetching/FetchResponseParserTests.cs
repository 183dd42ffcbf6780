using System.Text;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Protocol.Fetching;

public sealed class FetchResponseParserTests
{
    private const string Id = "00112233445566778899AABBCCDDEEFF";

    private const string V4 = "00000064  00000002" +
        " 0001 'a' 00000002" +
        " 00000000 0000 0000000000000010 000000000000000F  FFFFFFFF  00000003 'xyz'" +
        " 00000001 0000 0000000000000020 0000000000000020  00000001 0000000000000005 0000000000000007  FFFFFFFF" +
        " 0001 'b' 00000001" +
        " 00000007 0003 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF  00000000  00000000";

    private const string V11 = "00000000 0000 0000002A  00000001" +
        " 0001 'a' 00000001" +
        " 00000000 0000 0000000000000010 000000000000000F 0000000000000002  FFFFFFFF  00000003  00000002 'xy'";

    private const string V12 = "00000000 0000 0000002A  02  02 'a' 03" +
        " 00000000 0000 0000000000000010 000000000000000F 0000000000000002  03 0000000000000005 0000000000000007 00 0000000000000006 0000000000000008 01 09 01 'q'" +
        " FFFFFFFF  04 'xyz'  00" +
        " 00000001 0000 0000000000000010 0000000000000010 0000000000000000  01  FFFFFFFF  00" +
        " 03  00 0D 00000003 0000000000000063 00  01 09 00000002 00000008 00  07 04 'tags'" +
        " 01 00 01 'z'  00";

    private const string V16 = "00000000 0000 0000002A  02  " + Id + " 02" +
        " 00000000 0006 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF  00  FFFFFFFF  01  01  01 09 00000002 00000008 00" +
        " 00  01 00 0F 02 00000002 02 'h' 00002384 03 'r1' 00";

    private const string SessionGone = "00000000 0046 00000000 01 00";

    public static TheoryData<short, string, string> Responses => new()
    {
        { 4, V4, "throttle 100 error None session 0|a/0 None 16 15 -1 - -1 xyz|end - -|a/1 None 32 32 -1 5@7 -1 |end - -|b/7 UnknownTopicOrPartition -1 -1 -1  -1 |end - -|done" },
        { 11, V11, "throttle 0 error None session 42|a/0 None 16 15 2 - 3 xy|end - -|done" },
        { 12, V12, "throttle 0 error None session 42|a/0 None 16 15 2 5@7,6@8 -1 xyz|end - -|a/1 None 16 16 0  -1 |end 3@99 2@8|done" },
        { 16, V16, "throttle 0 error None session 42|00112233-4455-6677-8899-aabbccddeeff/0 NotLeaderOrFollower -1 -1 -1 - -1 |end - 2@8|done" },
        { 13, SessionGone, "throttle 0 error FetchSessionIdNotFound session 0|done" },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public void Next_reads_a_whole_response(short version, string response, string told)
    {
        var bytes = Wire.Bytes(response);

        Assert.Equal(told, Tell(version, bytes, bytes.Length, _ => bytes.Length));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Next_reads_byte_by_byte_what_it_reads_at_once(short version, string response, string told)
    {
        var bytes = Wire.Bytes(response);

        Assert.Equal(told, Tell(version, bytes, bytes.Length, received => received + 1));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Next_of_a_response_that_ends_too_early_throws_instead_of_wanting_more(short version, string response, string told)
    {
        var bytes = Wire.Bytes(response);

        for (var length = 0; length < bytes.Length; length++)
        {
            var size = length;

            Assert.Throws<ProtocolException>(() => Tell(version, bytes[..size], size, received => received + 1));
        }

        Assert.EndsWith("done", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "00000000 7FFFFFFF 0000", "number of topics is 2147483647, but 2 bytes are left")]
    [InlineData(4, "00000000 FFFFFFFE 0000", "number of topics is -2")]
    [InlineData(4, "00000000 00000001 0001 'a' 00000002 000000000000000000000000000000000000000000000000000000000000", "number of partitions is 2")]
    [InlineData(4, "00000000 00000001 7FFF 000000000000", "topic name of 32767 bytes")]
    [InlineData(4, "00000000 00000001 FFFF 000000000000", "topic name of -1 bytes")]
    [InlineData(4, "00000000 00000001 0001 'a' 00000001 00000000 0000 0000000000000000 0000000000000000 00000001 00000000", "number of aborted transactions is 1")]
    [InlineData(4, "00000000 00000001 0001 'a' 00000001 00000000 0000 0000000000000000 0000000000000000 FFFFFFFF 00000002 'x'", "length of the records is 2")]
    [InlineData(4, "00000000 00000001 0001 'a' 00000001 00000000 0000 0000000000000000 0000000000000000 FFFFFFFF FFFFFFFE", "length of the records is -2")]
    [InlineData(12, "00000000 0000 00000000 FFFFFFFFFF", "ends within its start")]
    [InlineData(12, "00000000 0000 00000000 FFFFFFFF0F 00", "number of topics is 4294967294")]
    [InlineData(12, "00000000 0000 00000000 01 FFFFFFFF0F", "number of tagged fields is 4294967295")]
    [InlineData(12, "00000000 0000 00000000 01 01 05 FFFFFFFF0F", "length of a tagged field is 4294967295")]
    [InlineData(12, "00000000 0000 00000000 02 02 'a' 02 00000000 0000 0000000000000000 0000000000000000 0000000000000000 00 FFFFFFFF 00 01 00 03 000000 00 00", "diverging epoch of a partition has 3 bytes")]
    [InlineData(12, "00000000 0000 00000000 02 02 'a' 02 00000000 0000 0000000000000000 0000000000000000 0000000000000000 00 FFFFFFFF 00 01 01 03 000000 00 00", "current leader of a partition has 3 bytes")]
    public void Next_of_counts_and_lengths_that_cannot_be_true_throws_and_names_them(short version, string response, string named)
    {
        var bytes = Wire.Bytes(response);

        var thrown = Assert.Throws<ProtocolException>(() => Tell(version, bytes, bytes.Length, _ => bytes.Length));

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_of_an_element_that_does_not_end_throws_although_more_would_come()
    {
        var bytes = Wire.Bytes("00000000 0000 00000000 FFFFFFFFFF");
        var parser = new FetchResponseParser(12, 100_000_000);

        var buffer = new byte[FetchResponseParser.MaxLookAhead];
        bytes.CopyTo(buffer, 0);

        Assert.Throws<ProtocolException>(() => parser.Next(buffer, out _));
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Next_passes_bytes_that_follow_the_end(short version, string response, string told)
    {
        byte[] bytes = [.. Wire.Bytes(response), 1, 2, 3];

        Assert.Equal(told, Tell(version, bytes, bytes.Length, received => received + 1));
    }

    [Fact]
    public void Next_passes_unknown_fields_longer_than_any_buffer_piece_by_piece()
    {
        byte[] bytes = [.. Wire.Bytes("00000000 0000 0000002A 01 01 05 A08D06"), .. new byte[100_000]];

        Assert.Equal("throttle 0 error None session 42|done", Tell(12, bytes, bytes.Length, received => received + 1000));
    }

    [Fact]
    public void Next_leaves_bytes_of_the_next_response_alone()
    {
        var parser = new FetchResponseParser(4, 8);
        var bytes = Wire.Bytes("00000000 00000000 FFFFFFFFFFFF");

        Assert.Equal((FetchStep.Header, 8), (parser.Next(bytes, out var consumed), consumed));
        Assert.Equal((FetchStep.End, 0), (parser.Next(bytes.AsSpan(8), out consumed), consumed));
    }

    [Fact]
    public void Next_of_damaged_responses_ends_or_throws_a_protocol_exception()
    {
        var random = new Random(1);
        (short Version, byte[] Bytes)[] whole = [(4, Wire.Bytes(V4)), (11, Wire.Bytes(V11)), (12, Wire.Bytes(V12)), (16, Wire.Bytes(V16))];
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var (version, original) = whole[random.Next(whole.Length)];
            var bytes = original.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Tell(version, bytes, bytes.Length, received => received + random.Next(1, 40));
                read++;
            }
            catch (ProtocolException)
            {
                refused++;
            }
        }

        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused");
    }

    /// <summary>All that the parser says, when the bytes arrive as <paramref name="receive"/> tells: how many are there after the next ones came.</summary>
    private static string Tell(short version, byte[] bytes, int size, Func<int, int> receive)
    {
        var parser = new FetchResponseParser(version, size);
        var told = new List<string>();
        var (position, received) = (0, 0);
        while (true)
        {
            var step = parser.Next(bytes.AsSpan(position, received - position), out var consumed);
            position += consumed;
            switch (step)
            {
                case FetchStep.NeedMore:
                    // Nobody could give more than the response has.
                    Assert.True(received < bytes.Length);
                    received = Math.Min(receive(received), bytes.Length);
                    break;
                case FetchStep.Header:
                    told.Add($"throttle {parser.ThrottleMs} error {parser.Error} session {parser.SessionId}");
                    break;
                case FetchStep.Partition:
                    told.Add(Tell(parser, bytes.AsSpan(position, parser.Partition.RecordsLength)));
                    position += parser.Partition.RecordsLength;
                    received = Math.Max(received, position);
                    parser.RecordsTaken();
                    break;
                case FetchStep.PartitionEnd:
                    told.Add($"end {(parser.Diverging is { } d ? $"{d.Epoch}@{d.EndOffset}" : "-")} {(parser.CurrentLeader is { } l ? $"{l.Leader}@{l.Epoch}" : "-")}");
                    break;
                default:
                    Assert.Equal((bytes.Length, 0), (position, parser.BytesLeft));
                    told.Add("done");
                    return string.Join('|', told);
            }
        }
    }

    private static string Tell(FetchResponseParser parser, ReadOnlySpan<byte> records)
    {
        var partition = parser.Partition;
        var topic = parser.TopicId == Guid.Empty ? parser.Topic : parser.TopicId.ToString();
        var aborted = partition.Aborted is null ? "-" : string.Join(',', partition.Aborted.Select(each => $"{each.ProducerId}@{each.FirstOffset}"));
        return $"{topic}/{partition.Partition} {partition.Error} {partition.HighWatermark} {partition.LastStableOffset} {partition.LogStartOffset} {aborted} {partition.PreferredReadReplica} {Encoding.UTF8.GetString(records)}";
    }
}
