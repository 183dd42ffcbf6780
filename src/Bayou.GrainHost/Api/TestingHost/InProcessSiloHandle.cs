using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster, in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _active = true;
    private bool _disposed;

    /// <summary>The silo's host.</summary>
    public IHost SiloHost { get; init; } = null!;

    /// <summary>The silo's services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc/>
    public override bool IsActive => _active;

    internal Bayou.GrainHost.SiloRuntime Runtime => ServiceProvider.GetRequiredService<Bayou.GrainHost.SiloRuntime>();

    /// <inheritdoc/>
    public override Task StopSiloAsync(bool stopGracefully) => StopSiloAsync(new CancellationToken(!stopGracefully));

    /// <inheritdoc/>
    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (!_active) return;
        _active = false;

        // A crash asks nobody: grains first, before hosted services could drain anything through them.
        if (ct.IsCancellationRequested) Runtime.Die();
        try
        {
            await Task.Run(() => SiloHost.StopAsync(ct), CancellationToken.None);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        GC.SuppressFinalize(this);
        if (_active) await StopSiloAsync(true);
        if (SiloHost is IAsyncDisposable host) await host.DisposeAsync();
        else SiloHost.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}
