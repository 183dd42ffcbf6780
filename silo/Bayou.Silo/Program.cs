using Bayou.Silo;
using Microsoft.Extensions.Hosting;

// Settings come from appsettings.json beside this program, environment variables (Bayou__Silo__State) and the command line (--Bayou:Silo:State=DIR).
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
await using var silo = SiloHost.Create(builder, "bayou-silo", [], ownSignals: false);
await silo.StartAsync(CancellationToken.None);
await silo.WaitForStopRequestAsync(CancellationToken.None);
await silo.StopAsync();
