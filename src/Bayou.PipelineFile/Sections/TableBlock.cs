using Bayou.Definitions;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>A table as it was read.</summary>
/// <param name="Entry">Its name and value in the file.</param>
/// <param name="Definition">The table; null when something was wrong with it, which is reported.</param>
/// <param name="Sink">Its sink; null when something was wrong with it, which is reported.</param>
internal sealed record TableBlock(MapEntry Entry, TableDefinition? Definition, SinkBlock? Sink);
