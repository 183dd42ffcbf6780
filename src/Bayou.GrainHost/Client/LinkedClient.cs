using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A client of a silo in the same process.</summary>
internal sealed class LinkedClient : CallRuntime
{
    private readonly TestClusterLink _link;

    public LinkedClient(IServiceProvider services, TimeProvider time, IOptions<ClientMessagingOptions> messaging, TestClusterLink link)
        : base(time, messaging.Value)
    {
        ServiceProvider = services;
        Copier = new MessageCopier();
        _link = link;
    }

    public override IServiceProvider ServiceProvider { get; }

    public override void Dispatch(Request request)
    {
        var silo = _link.CurrentSilo() ?? throw new SiloUnavailableException($"No silo runs; {request.Method.Name} of {request.Target} was not sent.");
        request.Home = silo;
        silo.Accept(request, copy: true);
    }

    /// <summary>Ends the calls that the silo had.</summary>
    public void OnSiloGone(SiloRuntime silo) => Timeouts.RejectAll(
        request => request.Home == silo,
        () => new SiloUnavailableException($"Silo {silo.Name} went away while it had the request; whether it was carried out is unknown."));
}
