using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>One client of the gateway: its calls are made in the silo, and their outcomes sent back.</summary>
internal sealed class GatewayConnection : IAsyncDisposable
{
    private readonly SiloRuntime _silo;
    private readonly GatewayChannel _channel;
    private readonly ConcurrentDictionary<long, Request> _running = new();

    public GatewayConnection(SiloRuntime silo, Socket socket, Action<GatewayConnection> gone)
    {
        _silo = silo;
        _channel = new GatewayChannel(socket, silo.Messaging.MaxMessageBodySize, silo, Receive, _ => gone(this));
    }

    public bool IsClosed => _channel.IsClosed;

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private Task Receive(WireReader reader)
    {
        var kind = (GatewayFrame)reader.ReadByte();
        var id = reader.ReadRaw<long>();
        if (kind == GatewayFrame.Cancel)
        {
            if (_running.TryGetValue(id, out var running)) running.CancelCallee();
            return Task.CompletedTask;
        }

        if (kind != GatewayFrame.Request) throw new SerializerException($"A client sent an unknown frame, {kind}.");
        _ = ServeAsync(id, reader);
        return Task.CompletedTask;
    }

    private async Task ServeAsync(long id, WireReader reader)
    {
        try
        {
            var grainId = KnownCodecs.ReadId(reader);
            var grainInterface = GrainInterface.Of(TypeCatalog.FindInterface(reader.ReadString()));
            var name = reader.ReadString();
            var method = Array.Find(grainInterface.Methods, one => one.WireName == name)
                ?? throw new OrleansException($"{grainInterface.Type} has no method {name}; client and silo are of different versions.");
            var arguments = new object?[method.ParameterTypes.Length];
            for (var index = 0; index < arguments.Length; index++)
            {
                arguments[index] = index == method.CancellationIndex
                    ? CancellationToken.None
                    : Codecs.Declared(method.ParameterTypes[index]).ReadObject(reader);
            }

            var request = method.CreateRequest(_silo, grainId, arguments);
            request.AllowRemoteCancellation();
            _running[id] = request;
            _silo.Accept(request, copy: false);
            if (method.OneWay) return;
            await request.Outcome.ConfigureAwait(false);
            _channel.Send(writer =>
            {
                writer.WriteByte((byte)GatewayFrame.Result);
                writer.WriteRaw(id);
                Codecs.Declared(method.ResultType).WriteObject(writer, request.Result);
            });
        }
        catch (Exception exception)
        {
            Answer(id, exception);
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    private void Answer(long id, Exception exception)
    {
        try
        {
            _channel.Send(writer => Write(writer, exception));
        }
        catch (Exception failure)
        {
            _silo.Logger.LogWarning(failure, "An exception could not be sent to a client.");
            _channel.Send(writer => Write(writer, new OrleansException($"{exception.GetType()}: {exception.Message}")));
        }

        void Write(WireWriter writer, Exception sent)
        {
            writer.WriteByte((byte)GatewayFrame.Exception);
            writer.WriteRaw(id);
            ExceptionCodec.Instance.Write(writer, sent);
        }
    }
}
