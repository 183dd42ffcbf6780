using System.Buffers.Binary;
using System.Text;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>The broker's end of one connection: takes requests apart and writes responses by hand.</summary>
internal sealed class FakeBroker(Stream stream, CancellationToken end)
{
    public Stream Stream => stream;

    /// <summary>The next request; an <see cref="EndOfStreamException"/> when the client has closed.</summary>
    public async Task<FakeRequest> NextAsync()
    {
        var size = new byte[4];
        await stream.ReadExactlyAsync(size, end);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
        await stream.ReadExactlyAsync(frame, end);
        return new FakeRequest(frame);
    }

    /// <summary>The next request, which must be this one.</summary>
    public async Task<FakeRequest> ExpectAsync(ApiKey key)
    {
        var request = await NextAsync();
        return request.Key == key ? request : throw new InvalidOperationException($"The client sent {request.Key} instead of {key}.");
    }

    public async Task AnswerAsync(FakeRequest request, byte[] body, bool tags = false)
    {
        var frame = Frame(request.CorrelationId, body, tags);
        await stream.WriteAsync(frame, end);
    }

    /// <summary>Answers ApiVersions, with a range for each key.</summary>
    public async Task GreetAsync(params (ApiKey Key, short Min, short Max)[] ranges)
    {
        var request = await ExpectAsync(ApiKey.ApiVersions);
        await AnswerAsync(request, ApiVersions(request.Version, ranges));
    }

    public static byte[] Frame(int correlationId, byte[] body, bool tags = false)
    {
        var writer = new ProtocolWriter();
        writer.WriteInt32(4 + (tags ? 1 : 0) + body.Length);
        writer.WriteInt32(correlationId);
        if (tags) writer.WriteInt8(0);
        return [.. writer.Written.Span, .. body];
    }

    public static byte[] ApiVersions(short version, params (ApiKey Key, short Min, short Max)[] ranges)
    {
        var writer = new ProtocolWriter { Flexible = version >= 3 };
        writer.WriteInt16(0);
        writer.WriteArrayLength(ranges.Length);
        foreach (var (key, min, max) in ranges)
        {
            writer.WriteInt16((short)key);
            writer.WriteInt16(min);
            writer.WriteInt16(max);
            writer.WriteNoTags();
        }

        if (version >= 1) writer.WriteInt32(0);
        writer.WriteNoTags();
        return writer.Written.ToArray();
    }

    /// <summary>An INT16 and then strings of version 0's kind.</summary>
    public static byte[] ErrorAndStrings(BrokerError error, params string[] strings) =>
        [.. Int16((short)error), .. Int32(strings.Length), .. strings.SelectMany(one => Int16((short)one.Length).Concat(Encoding.UTF8.GetBytes(one)))];

    public static byte[] Int16(short value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Int32(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
