using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The silo: hands requests to activations, collects idle ones, and lets them all go when it stops.</summary>
internal sealed class SiloRuntime : CallRuntime, ILocalSiloDetails
{
    private readonly ClusterOptions _cluster;
    private volatile SiloStatus _status = SiloStatus.Created;
    private readonly Testing.CallInterceptor? _interceptor;
    private ITimer? _collector;

    public SiloRuntime(
        IServiceProvider services,
        TimeProvider time,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        IOptions<ClusterOptions> cluster,
        IOptions<SiloOptions> silo,
        IOptions<EndpointOptions> endpoint,
        IOptions<GatewayServerOptions> gateway,
        IOptions<Testing.MessageCopyOptions> copying,
        ILogger<SiloRuntime> logger)
        : base(time, messaging.Value)
    {
        ServiceProvider = services;
        Collection = collection.Value;
        Logger = logger;
        Name = silo.Value.SiloName;
        _cluster = cluster.Value;
        Directory = new GrainDirectory(this);
        Address = SiloAddress.New(endpoint.Value.AdvertisedIPAddress, endpoint.Value.SiloPort, SiloAddress.AllocateNewGeneration());
        GatewayAddress = SiloAddress.New(
            new IPEndPoint(endpoint.Value.AdvertisedIPAddress, gateway.Value.Enabled ? endpoint.Value.GatewayPort : 0), Address.Generation);
        Turns = services.GetService<Testing.TurnQueue>();
        _interceptor = services.GetService<Testing.CallInterceptor>();
        if (copying.Value.CopyMessages) Copier = new MessageCopier();
    }

    public override IServiceProvider ServiceProvider { get; }

    public GrainCollectionOptions Collection { get; }

    public ILogger Logger { get; }

    public GrainDirectory Directory { get; }

    /// <summary>Where turns run; null for the thread pool.</summary>
    public Testing.TurnQueue? Turns { get; }

    public SiloAddress Address { get; }

    public string Name { get; }

    public string ClusterId => _cluster.ClusterId;

    public string DnsHostName => Dns.GetHostName();

    SiloAddress ILocalSiloDetails.SiloAddress => Address;

    public SiloAddress GatewayAddress { get; }

    public SiloStatus Status => _status;

    public override void Dispatch(Request request)
    {
        if (_status is SiloStatus.Dead or SiloStatus.Created)
            throw new SiloUnavailableException($"Silo {Name} {(_status == SiloStatus.Dead ? "has stopped" : "has not started")}; {request.Method.Name} of {request.Target} was not sent.");
        if (Copier is not null) request.Arguments = Copier.CopyArguments(request, this);
        if (_interceptor is not { } interceptor)
        {
            Directory.Deliver(request.Target, request);
            return;
        }

        request.Interceptor = interceptor;
        interceptor.Send(request.Target, request.Method.Name, request.Arguments, () => Forward(request));
    }

    /// <summary>Takes a request that another side made.</summary>
    public void Accept(Request request, bool copy)
    {
        if (_status is SiloStatus.Dead or SiloStatus.Created)
            throw new SiloUnavailableException($"Silo {Name} {(_status == SiloStatus.Dead ? "has stopped" : "has not started")}; {request.Method.Name} of {request.Target} was not sent.");
        if (copy && Copier is not null) request.Arguments = Copier.CopyArguments(request, this);
        Directory.Deliver(request.Target, request);
    }

    /// <summary>Hands a request on to a new activation.</summary>
    public void Forward(Invocation invocation)
    {
        try
        {
            // An activation that lets itself go on every request must not move one for ever.
            if (++invocation.Forwards > 8) throw new OrleansException("The request was forwarded too often: each new activation went away before it.");
            Directory.Deliver(((Request)invocation).Target, invocation);
        }
        catch (Exception exception)
        {
            invocation.Reject(exception);
        }
    }

    public void ThrowIfNotActivating(GrainId grainId)
    {
        if (_status != SiloStatus.Active)
            throw new SiloUnavailableException($"Silo {Name} is stopping and does not activate {grainId} any more.");
    }

    public override void OnOneWayFault(Request request, Exception exception) =>
        Logger.LogWarning(exception, "One-way {Method} of {Grain} failed.", request.Method.Name, request.Target);

    public void BecomeActive()
    {
        _ = GrainManifest.Instance;
        _status = SiloStatus.Active;
        _collector = Time.CreateTimer(
            static state => ((SiloRuntime)state!).Collect(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
    }

    /// <summary>Takes no new activations from here on.</summary>
    public void BeginShutdown()
    {
        if (_status == SiloStatus.Active) _status = SiloStatus.ShuttingDown;
        _collector?.Dispose();
    }

    /// <summary>Lets all activations go.</summary>
    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops.");
        var all = Directory.All.ToList();
        foreach (var activation in all) activation.Deactivate(reason, cancellationToken);
        try
        {
            await Task.WhenAll(all.Select(one => one.Deactivated)).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Logger.LogWarning("Not all grains were deactivated in the time that the host allowed.");
        }
    }

    /// <summary>Ends all that is left: what has not been deactivated is killed, and requests that wait fail.</summary>
    public void Die()
    {
        _status = SiloStatus.Dead;
        _collector?.Dispose();
        foreach (var activation in Directory.All) activation.Kill(keepRunning: false);
        Timeouts.RejectAll(static _ => true, () => new SiloUnavailableException($"Silo {Name} has stopped."));
    }

    /// <summary>Lets activations go that have been idle for the given time.</summary>
    public void Collect(TimeSpan? age = null)
    {
        foreach (var activation in Directory.All)
        {
            activation.CollectIfIdle(age
                ?? (Collection.ClassSpecificCollectionAge.TryGetValue(activation.Class.Type.FullName!, out var specific) ? specific : Collection.CollectionAge));
        }
    }

    private void Collect() => Collect(null);
}
