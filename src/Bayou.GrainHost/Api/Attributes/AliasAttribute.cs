namespace Orleans;

/// <summary>Gives a type or method the name that stands for it on the wire, so that renaming it in code breaks nothing.</summary>
/// <param name="alias">The wire name; unique among the loaded types.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The wire name.</summary>
    public string Alias { get; } = alias;
}
