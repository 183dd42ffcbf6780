using System.Buffers;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>Requests and responses over one stream, without knowing what the broker supports or how long anything may take.</summary>
internal sealed class BrokerWire(Stream stream, Attempt attempt, ClientOptions options)
{
    private const int FirstReadBytes = 64 << 10;

    private readonly ProtocolWriter _writer = new();
    private int _correlationId;
    private bool _expectsTags; // Never of ApiVersions: a client that asks for versions cannot know yet which header the broker would use.

    /// <summary>The response to the request that was sent last.</summary>
    public ResponseStream Response { get; } = new(stream, attempt, options.ReceiveMaxBytes);

    /// <summary>Sends a request.</summary>
    public async ValueTask SendAsync(KafkaRequest request, short version)
    {
        if (Response.Remaining > 0) throw Response.Broken(SourceErrorKind.Transient, "the response before it was not taken to its end.");
        _expectsTags = version >= request.FlexibleFrom && request.Key != ApiKey.ApiVersions;
        RequestFrame.Write(_writer, request, version, ++_correlationId, options.ClientId);
        try
        {
            await stream.WriteAsync(_writer.Written, attempt.Token);
        }
        catch (Exception error)
        {
            throw Response.Broken(error);
        }
    }

    /// <summary>Receives the header of the response. Returns the bytes left for the body.</summary>
    public ValueTask<int> ReceiveHeaderAsync() => Response.BeginAsync(_correlationId, _expectsTags);

    /// <summary>Sends a request and receives its response whole.</summary>
    public async ValueTask<TResponse> AskAsync<TResponse>(KafkaRequest<TResponse> request, short version)
    {
        await SendAsync(request, version);
        var size = await ReceiveHeaderAsync();
        // The announced size is believed only as far as bytes come.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(size, FirstReadBytes));
        try
        {
            for (var taken = 0; taken < size;)
            {
                var part = Math.Min(size, buffer.Length) - taken;
                await Response.ReadExactlyAsync(buffer.AsMemory(taken, part));
                taken += part;
                if (taken < size) buffer = Grown(buffer, Math.Min(size, buffer.Length * 2L));
            }

            return Parse(request, version, buffer.AsSpan(0, size));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grown(byte[] buffer, long bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)bytes);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private TResponse Parse<TResponse>(KafkaRequest<TResponse> request, short version, ReadOnlySpan<byte> body)
    {
        var reader = new ProtocolReader(body, version >= request.FlexibleFrom);
        try
        {
            var response = request.Read(ref reader, version);
            return reader.IsShort
                ? throw Response.Broken(SourceErrorKind.Transient, $"the response of {body.Length:N0} bytes to {request.Key} version {version} ends too early.")
                : response;
        }
        catch (ProtocolException error)
        {
            throw Response.Broken(SourceErrorKind.Transient, $"the response to {request.Key} version {version} cannot be understood: {error.Message}");
        }
    }
}
