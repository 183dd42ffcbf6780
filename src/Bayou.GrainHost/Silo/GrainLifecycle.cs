using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The stages of an activation.</summary>
internal sealed class GrainLifecycle(ILogger logger) : LifecycleStages(logger), IGrainLifecycle;
