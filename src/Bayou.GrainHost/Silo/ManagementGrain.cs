using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Tells what the silo is doing. It does not count itself.</summary>
internal sealed class ManagementGrain(SiloRuntime silo) : Grain, IManagementGrain
{
    private IEnumerable<Activation> Others => silo.Directory.All.Where(one => one.Class.Type != typeof(ManagementGrain));

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [silo.Address] = silo.Status });

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(Others
        .GroupBy(one => one.Class)
        .Select(one => new SimpleGrainStatistic { GrainType = NameOf(one.Key), SiloAddress = silo.Address, ActivationCount = one.Count() })
        .OrderBy(one => one.GrainType, StringComparer.Ordinal)
        .ToArray());

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) => Task.FromResult(Others
        .Where(one => (types is null || types.Contains(NameOf(one.Class))) && (hostsIds is null || hostsIds.Contains(silo.Address)))
        .Select(one => new DetailedGrainStatistic { GrainType = NameOf(one.Class), SiloAddress = silo.Address, GrainId = one.GrainId })
        .OrderBy(one => one.GrainId)
        .ToArray());

    public Task<int> GetTotalActivationCount() => Task.FromResult(Others.Count());

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        var all = Others.ToList();
        silo.Collect(ageLimit);
        return Task.WhenAll(all.Where(one => one.State != ActivationState.Valid).Select(one => one.Deactivated));
    }

    private static string NameOf(GrainClass grainClass) => $"{grainClass.Type.FullName},{grainClass.Type.Assembly.GetName().Name}";
}
