using Bayou.Silos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Bayou.Silo;

/// <summary>
/// A silo in this process: an ordinary .NET host that holds its state directory from <see cref="Create"/> to the end, and tells clients where it is while it runs.
/// </summary>
public sealed class SiloHost : IAsyncDisposable
{
    private readonly StateDirectory _state;
    private readonly SiloRecord _record;
    private readonly IHost _host;
    private Task? _stopping;

    private SiloHost(StateDirectory state, SiloRecord record, IHost host) => (_state, _record, _host) = (state, record, host);

    /// <summary>What <c>silo.json</c> says while it runs.</summary>
    public SiloRecord Record => _record;

    /// <summary>The absolute path of the state directory.</summary>
    public string StatePath => _state.Path;

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Grains of this silo, for the process that it runs in.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Takes the state directory and composes the silo; nothing runs yet.</summary>
    /// <param name="builder">The host to add the silo to; its configuration has the settings.</param>
    /// <param name="command">The command as it was typed, for whoever finds the directory in use.</param>
    /// <param name="pipelines">Names of the pipelines that it is started for.</param>
    /// <param name="ownSignals">True when the program around handles signals itself.</param>
    /// <exception cref="StateDirectoryInUseException">Another process holds the state directory.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static SiloHost Create(HostApplicationBuilder builder, string command, string[] pipelines, bool ownSignals)
    {
        var settings = builder.Configuration.GetSection(SiloSettings.Section).Get<SiloSettings>() ?? new SiloSettings();
        var checkedSettings = new SiloSettingsValidator().Validate(null, settings);
        if (checkedSettings.Failed)
            throw new OptionsValidationException(SiloSettings.Section, typeof(SiloSettings), checkedSettings.Failures);

        var state = StateDirectory.Take(settings.State);
        try
        {
            var free = FreePorts.Find(2);
            var record = new SiloRecord
            {
                Pid = Environment.ProcessId,
                Command = command,
                Started = TimeProvider.System.GetUtcNow(),
                SiloPort = settings.SiloPort == 0 ? free[0] : settings.SiloPort,
                GatewayPort = settings.GatewayPort == 0 ? free[1] : settings.GatewayPort,
                ClusterId = settings.ClusterId,
                ServiceId = settings.ServiceId,
                Pipelines = pipelines,
            };
            if (ownSignals)
                builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainLimit);
            builder.UseOrleans(silo => SiloComposition.Configure(silo, record, state.GrainFolder));
            return new SiloHost(state, record, builder.Build());
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Starts the silo; when it returns, clients find it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        _state.Write(_record);
    }

    /// <summary>Commits what was accepted, then stops the silo. Repeated calls wait for the first.</summary>
    public Task StopAsync() => _stopping ??= _host.StopAsync(CancellationToken.None);

    /// <summary>Returns when the host is asked to stop, from inside or by the token. It still runs then: <see cref="StopAsync"/> is what stops it.</summary>
    public async Task WaitForStopRequestAsync(CancellationToken cancellationToken)
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await Task.Delay(Timeout.Infinite, asked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops what still runs and gives the state directory up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            _host.Dispose();
        _state.Dispose();
    }
}
