using Bayou.Status;

namespace Bayou.Sinks;

/// <summary>A sink that merges what it wrote, behind the commits.</summary>
public interface ICompactingSink
{
    /// <summary>What it has done since it was made; null while it is not asked to. Read from any thread.</summary>
    CompactionStatus? Compaction { get; }
}
