namespace Orleans;

/// <summary>Marks a type that may cross a grain call. Only members with an <see cref="IdAttribute"/> travel.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether primary constructor parameters travel under ids of their own, by position. Default: for records only.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
