using System.Buffers.Binary;
using System.Net.Sockets;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A client's connection to a scripted broker.</summary>
internal sealed class ScriptedConnection(ScriptedBroker broker, Socket socket)
{
    private readonly CancellationTokenSource _end = new();

    /// <summary>Ends it at once, without the usual goodbye.</summary>
    public void Reset()
    {
        _end.Cancel();
        socket.Close(0);
    }

    /// <summary>Answers requests, one after another, until the connection ends.</summary>
    public async Task ServeAsync()
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await ReadAsync(stream) is { } request && await AnswerAsync(stream, request)) { }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went, or the test ended it.
        }
    }

    private async Task<ScriptedRequest?> ReadAsync(NetworkStream stream)
    {
        var size = new byte[4];
        if (await stream.ReadAtLeastAsync(size, 4, throwOnEndOfStream: false, _end.Token) < 4) return null;
        var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
        await stream.ReadExactlyAsync(bytes, _end.Token);
        return new ScriptedRequest(broker, bytes);
    }

    /// <summary>False when that was the last one.</summary>
    private async Task<bool> AnswerAsync(NetworkStream stream, ScriptedRequest request)
    {
        var answer = broker.Decide(request);
        await answer.Gate.WaitAsync(_end.Token);
        var bytes = answer.RawBytes ?? await FrameAsync(request, answer);
        // Brokers end a connection on which they do not understand a request.
        if (bytes is null) return false;
        await stream.WriteAsync(bytes.AsMemory(0, Math.Min(bytes.Length, answer.MaxBytes)), _end.Token);
        if (answer.After == ScriptedAnswer.Then.Stall) await Task.Delay(Timeout.Infinite, _end.Token);
        return answer.After == ScriptedAnswer.Then.GoOn;
    }

    private async Task<byte[]?> FrameAsync(ScriptedRequest request, ScriptedAnswer answer)
    {
        var writer = new ProtocolWriter();
        writer.WriteInt32(0);
        writer.WriteInt32(request.CorrelationId);
        writer.Flexible = request.IsFlexible;
        if (request.Key != ApiKey.ApiVersions) writer.WriteNoTags();
        if (answer.WriteBody is { } write) write(writer);
        else if (!await WriteBodyAsync(writer, request, answer)) return null;
        writer.PatchInt32(0, writer.Length - 4);
        return writer.Written.ToArray();
    }

    private async Task<bool> WriteBodyAsync(ProtocolWriter writer, ScriptedRequest request, ScriptedAnswer answer)
    {
        if (request.Key == ApiKey.ApiVersions || broker.Supports(request))
        {
            if (request.Fetch is null) return broker.Cluster.Read(() => ScriptedResponses.Write(writer, request, answer.WholeError));
            await ScriptedFetching.WriteAsync(writer, request, answer, _end.Token);
            return true;
        }

        return false;
    }
}
