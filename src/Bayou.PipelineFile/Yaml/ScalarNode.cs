namespace Bayou.PipelineFile.Yaml;

/// <summary>A single value. Its text is never read as YAML again after the environment was put in.</summary>
internal sealed class ScalarNode(int line, int column, string raw, string? text, bool isPlain) : FileNode(line, column)
{
    private const int LongestShown = 60;

    /// <summary>The value as it stands in the file.</summary>
    public string Raw { get; } = raw;

    /// <summary>The value with the environment put in; empty when that failed.</summary>
    public string Text { get; } = text ?? "";

    /// <summary>True when the environment could not be put in, which has been reported.</summary>
    public bool IsBroken { get; } = text is null;

    /// <summary>True for nothing at all, <c>~</c> and <c>null</c> without quotes.</summary>
    public bool IsNull { get; } = isPlain && raw is "" or "~" or "null";

    /// <summary>The value as messages show it: before the environment was put in, because that may be a secret.</summary>
    public string Shown
    {
        get
        {
            var line = Raw.Any(char.IsControl) ? string.Concat(Raw.Select(c => char.IsControl(c) ? ' ' : c)) : Raw;
            return line.Length <= LongestShown ? $"'{line}'" : $"'{line[..LongestShown]}...'";
        }
    }

    public override string Describe() => IsNull ? "nothing" : Shown;
}
