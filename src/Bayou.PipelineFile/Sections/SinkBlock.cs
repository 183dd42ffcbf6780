using Bayou.Definitions;
using Bayou.PipelineFile.Yaml;
using Bayou.Sinks;

namespace Bayou.PipelineFile.Sections;

/// <summary>A sink as it was read.</summary>
/// <param name="Definition">The sink.</param>
/// <param name="Factory">Its factory.</param>
/// <param name="Kind">The key that names its kind.</param>
/// <param name="Destinations">Its required options that are paths, or its table of a database: what no other sink may share. Not for printing.</param>
internal sealed record SinkBlock(SinkDefinition Definition, ISinkFactory Factory, ScalarNode Kind, IReadOnlyList<(FileNode Node, string Path)> Destinations);
