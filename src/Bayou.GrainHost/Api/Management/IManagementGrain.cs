namespace Orleans.Runtime;

/// <summary>Asks a cluster what it is doing. Its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and what they are doing.</summary>
    /// <param name="onlyActive">Whether to leave out those that are not active.</param>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>How many activations each grain class has.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>The activations.</summary>
    /// <param name="types">Grain classes; null: all.</param>
    /// <param name="hostsIds">Silos; null: all.</param>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>How many activations there are.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>Collects activations that have been idle.</summary>
    /// <param name="ageLimit">For how long.</param>
    Task ForceActivationCollection(TimeSpan ageLimit);
}
