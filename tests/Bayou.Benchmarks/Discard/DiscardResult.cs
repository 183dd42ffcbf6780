using System.Text.Json.Serialization;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Discard;

/// <summary>One run of one client.</summary>
internal sealed record DiscardResult(string Client, long Records, long Bytes, Measurement Cost)
{
    [JsonIgnore] public double RecordsPerSecond => Records / Cost.Seconds;

    [JsonIgnore] public double MegabytesPerSecond => Bytes / Cost.Seconds / 1e6;

    [JsonIgnore] public double UserMicroseconds => Cost.UserSeconds * 1e6 / Records;

    [JsonIgnore] public double SystemMicroseconds => Cost.SystemSeconds * 1e6 / Records;

    [JsonIgnore] public double CpuMicroseconds => UserMicroseconds + SystemMicroseconds;

    [JsonIgnore] public double PeakMegabytes => Cost.PeakResidentBytes / 1e6;

    [JsonIgnore] public double AllocatedBytesPerRecord => (double)Cost.AllocatedBytes / Records;
}
