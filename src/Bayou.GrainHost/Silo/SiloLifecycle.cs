using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The stages of a silo.</summary>
internal sealed class SiloLifecycle(ILogger<SiloLifecycle> logger) : LifecycleStages(logger), ISiloLifecycle;
