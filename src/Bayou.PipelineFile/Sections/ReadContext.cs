using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.PipelineFile.Sections;

/// <summary>What the parts of the reader share.</summary>
/// <param name="Folder">Absolute folder that relative paths are meant from.</param>
/// <param name="Sinks">The registered sinks.</param>
/// <param name="Sources">The registered sources.</param>
/// <param name="Problems">Where problems go.</param>
internal sealed record ReadContext(string Folder, IReadOnlyList<ISinkFactory> Sinks, IReadOnlyList<ISourceFactory> Sources, ProblemList Problems);
