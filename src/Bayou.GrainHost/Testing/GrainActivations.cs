using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost.Testing;

/// <summary>For tests: makes a grain active twice, as can happen for a while in a cluster, and kills single activations.</summary>
public static class GrainActivations
{
    /// <summary>The activations of a grain that live in the silo.</summary>
    /// <param name="silo">The silo's services.</param>
    /// <param name="grain">A reference to the grain.</param>
    public static IReadOnlyList<GrainActivation> Of(IServiceProvider silo, IAddressable grain) =>
        [.. silo.GetRequiredService<SiloRuntime>().Directory.Of(grain.GetGrainId()).Select(one => new GrainActivation(one))];

    /// <summary>Makes another activation of a grain; the old ones live on. Calls go to the new one, until the test chooses.</summary>
    /// <param name="silo">The silo's services.</param>
    /// <param name="grain">A reference to the grain.</param>
    /// <returns>The new activation, once it is active.</returns>
    public static async Task<GrainActivation> DuplicateAsync(IServiceProvider silo, IAddressable grain)
    {
        var made = silo.GetRequiredService<SiloRuntime>().Directory.Duplicate(grain.GetGrainId());
        await made.Activated;
        return new GrainActivation(made);
    }
}
