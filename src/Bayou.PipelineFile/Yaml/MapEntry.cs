namespace Bayou.PipelineFile.Yaml;

/// <summary>One key of a mapping and its value.</summary>
internal sealed record MapEntry(ScalarNode Key, FileNode Value)
{
    /// <summary>The key's text. The environment is not put into keys.</summary>
    public string Name => Key.Raw;
}
