namespace Bayou.GrainHost;
internal sealed class GatewayClient(IServiceProvider services, TimeProvider time) : CallRuntime(time, new Orleans.Configuration.ClientMessagingOptions()), Microsoft.Extensions.Hosting.IHostedService
{
    public override IServiceProvider ServiceProvider => services;
    public override void Dispatch(Request request) => throw new NotSupportedException();
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
