namespace Bayou.Sinks.Delta;

/// <summary>A batch whose attempts threw while the log was being written.</summary>
/// <param name="Version">The last version that was known at the first attempt: the commit is behind it, if anywhere.</param>
/// <param name="Files">Each attempt's data files, which stay until it is sure that no commit names them.</param>
internal sealed record UnknownCommit(long Version, List<DataFiles> Files);
