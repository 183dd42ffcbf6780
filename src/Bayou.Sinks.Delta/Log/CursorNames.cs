using System.Globalization;
using Bayou.Sources;

namespace Bayou.Sinks.Delta;

/// <summary>
/// The names under which one owner's cursors and definition are in a table that several may share. Names of pipelines and owners have no
/// slash, and those of topics neither slash nor <c>@</c>, so that no two owners share a name.
/// </summary>
internal sealed class CursorNames(string pipeline, string owner)
{
    private readonly string _prefix = $"{pipeline}/{owner}/";

    /// <summary>Table property with the owner's definition, as JSON.</summary>
    public string Definition { get; } = $"bayou.{pipeline}/{owner}.definition";

    /// <summary>Table property with the owner's sources, as JSON.</summary>
    public string Sources { get; } = $"bayou.{pipeline}/{owner}.sources";

    /// <summary>The owner whose definition a table property holds, as <c>pipeline/owner</c>; null when the property is another one, or this owner's.</summary>
    public string? OtherOwner(string property)
    {
        const string Prefix = "bayou.", Suffix = ".definition";
        return property != Definition && property.StartsWith(Prefix, StringComparison.Ordinal) && property.EndsWith(Suffix, StringComparison.Ordinal)
            ? property[Prefix.Length..^Suffix.Length]
            : null;
    }

    /// <summary>The name of a batch in a log that other owners write to as well.</summary>
    public string Batch(string id) => _prefix + id;

    /// <summary>The application id of a cursor: <c>{pipeline}/{owner}/{topic}@{generation}-{partition}</c>.</summary>
    public string AppId(CursorKey key) => _prefix + key;

    /// <summary>The cursor that an application id names; false when it is not one of this owner's.</summary>
    public bool TryParse(string appId, out CursorKey key)
    {
        key = default;
        if (!appId.StartsWith(_prefix, StringComparison.Ordinal)) return false;
        var rest = appId.AsSpan(_prefix.Length);
        var at = rest.LastIndexOf('@');
        if (at <= 0) return false;
        var numbers = rest[(at + 1)..];
        var dash = numbers.IndexOf('-');
        if (dash <= 0
            || !int.TryParse(numbers[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            || !int.TryParse(numbers[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)) return false;
        key = new CursorKey(new TopicPartition(rest[..at].ToString(), partition), generation);
        return true;
    }
}
