using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>
/// Calls grains of a silo in another process of the same user. A connection that is lost ends the calls in progress; the
/// next call connects again.
/// </summary>
internal sealed class GatewayClient(
    IServiceProvider services, TimeProvider time, IOptions<ClientMessagingOptions> messaging, IOptions<GatewayClientOptions> options)
    : CallRuntime(time, messaging.Value), IHostedService
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<long, Request> _waiting = new();
    private GatewayChannel? _channel;
    private long _lastId;
    private bool _stopped;

    public override IServiceProvider ServiceProvider => services;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Connect();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        GatewayChannel? channel;
        lock (_lock)
        {
            _stopped = true;
            channel = _channel;
        }

        if (channel is not null) await channel.DisposeAsync();
    }

    public override void Dispatch(Request request)
    {
        var channel = Connect();
        var id = Interlocked.Increment(ref _lastId);
        if (!request.Method.OneWay)
        {
            _waiting[id] = request;
            request.Finished = () => _waiting.TryRemove(id, out _);
            request.CancelRemote = () => channel.Send(writer =>
            {
                writer.WriteByte((byte)GatewayFrame.Cancel);
                writer.WriteRaw(id);
            });
        }

        var sent = channel.Send(writer => Write(writer, id, request));
        if (!sent || channel.IsClosed) request.Reject(Lost());
    }

    private static void Write(WireWriter writer, long id, Request request)
    {
        var method = request.Method;
        writer.WriteByte((byte)GatewayFrame.Request);
        writer.WriteRaw(id);
        KnownCodecs.WriteId(writer, request.Target);
        writer.WriteString(method.Owner.WireName);
        writer.WriteString(method.WireName);
        for (var index = 0; index < request.Arguments.Length; index++)
        {
            if (index != method.CancellationIndex) Codecs.Declared(method.ParameterTypes[index]).WriteObject(writer, request.Arguments[index]);
        }
    }

    private GatewayChannel Connect()
    {
        lock (_lock)
        {
            if (_stopped) throw new SiloUnavailableException("The client has stopped.");
            if (_channel is { IsClosed: false }) return _channel;
            var path = GatewayEndpoint.PathOf(options.Value.Port);
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(GatewayEndpoint.At(path));
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                throw new ConnectionFailedException(
                    $"No silo of this user answers at gateway port {options.Value.Port} ({path}): {exception.Message}. Is it running?", exception);
            }

            return _channel = new GatewayChannel(socket, Messaging.MaxMessageBodySize, this, Receive, OnClosed);
        }
    }

    private Task Receive(WireReader reader)
    {
        var kind = (GatewayFrame)reader.ReadByte();
        if (!_waiting.TryGetValue(reader.ReadRaw<long>(), out var request)) return Task.CompletedTask;
        try
        {
            if (kind == GatewayFrame.Result) request.CompleteWith(Codecs.Declared(request.Method.ResultType).ReadObject(reader));
            else request.Reject(ExceptionCodec.Instance.Read(reader));
        }
        catch (SerializerException exception)
        {
            request.Reject(exception);
        }

        return Task.CompletedTask;
    }

    private void OnClosed(GatewayChannel channel)
    {
        foreach (var request in _waiting.Values) request.Reject(Lost());
    }

    private SiloUnavailableException Lost() =>
        new($"The connection to the silo at gateway port {options.Value.Port} was lost while it had the request; whether it was carried out is unknown.");
}
