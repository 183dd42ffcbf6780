namespace Bayou.PipelineFile.Keys;

/// <summary>One key of the pipeline file.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What it takes.</param>
/// <param name="Description">Meaning, unit, range and default, for editors.</param>
internal sealed record FileKey(string Name, KeyShape Shape, string Description)
{
    /// <summary>True when it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The words that are allowed, for <see cref="KeyShape.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The keys below, for <see cref="KeyShape.Section"/>.</summary>
    public KeyTable? Section { get; init; }
}
