using System.Buffers.Binary;
using System.Net.Sockets;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>The least that can ask a broker something: for tests of scripted brokers and of messages against real ones.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly ProtocolWriter _writer = new();
    private int _correlationId;

    /// <summary>Whether bytes after the end of a response are a mistake. Some mock brokers send them.</summary>
    public bool IsStrict { get; init; } = true;

    public static async Task<RawClient> ConnectAsync(HostPort address, bool isStrict = true)
    {
        var client = new RawClient { IsStrict = isStrict };
        await client._tcp.ConnectAsync(address.Host, address.Port);
        return client;
    }

    public async Task<TResponse> AskAsync<TResponse>(KafkaRequest<TResponse> request, short version)
    {
        var body = await AskBytesAsync(request, version);
        return Read(request, version, body);
    }

    /// <summary>The body of the response.</summary>
    public async Task<byte[]> AskBytesAsync(KafkaRequest request, short version)
    {
        RequestFrame.Write(_writer, request, version, ++_correlationId, "raw");
        await _tcp.GetStream().WriteAsync(_writer.Written);
        var size = new byte[4];
        await _tcp.GetStream().ReadExactlyAsync(size);
        var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
        await _tcp.GetStream().ReadExactlyAsync(bytes);
        return Body(request, version, bytes);
    }

    public void Dispose() => _tcp.Dispose();

    private byte[] Body(KafkaRequest request, short version, byte[] bytes)
    {
        var reader = new ProtocolReader(bytes, version >= request.FlexibleFrom);
        Assert.Equal(_correlationId, ResponseHeader.Read(ref reader, request.Key).CorrelationId);
        return bytes[reader.Position..];
    }

    private TResponse Read<TResponse>(KafkaRequest<TResponse> request, short version, byte[] body)
    {
        var reader = new ProtocolReader(body, version >= request.FlexibleFrom);
        var response = request.Read(ref reader, version);
        Assert.True(!reader.IsShort && (reader.Remaining == 0 || !IsStrict), $"{request.Key} v{version}: {reader.Remaining} bytes left of {Convert.ToHexString(body)}");
        return response;
    }
}
