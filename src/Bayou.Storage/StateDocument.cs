using System.Text.Json.Serialization;

namespace Bayou.Storage;

/// <summary>A state as it is in its file.</summary>
/// <typeparam name="T">The value's type.</typeparam>
internal sealed class StateDocument<T>
{
    /// <summary>The grain, for people who read the file, and to find out a file that was renamed.</summary>
    [JsonPropertyOrder(0)]
    public required string Grain { get; init; }

    /// <summary>The state's name.</summary>
    [JsonPropertyOrder(1)]
    public required string Name { get; init; }

    /// <summary>The version: a counter, a dash, and random digits.</summary>
    [JsonPropertyOrder(2)]
    public required string ETag { get; init; }

    /// <summary>The value.</summary>
    [JsonPropertyOrder(3)]
    public required T? State { get; init; }
}
