namespace Bayou.Sinks.Delta;

/// <summary>What a run of the compaction did.</summary>
/// <param name="Commits">Commits made, one for each file that was written.</param>
/// <param name="FilesRemoved">Small files that those commits replaced.</param>
/// <param name="GaveUp">Merges given up because another writer changed the table or took one of the files.</param>
internal sealed record CompactionResult(int Commits, int FilesRemoved, int GaveUp);
