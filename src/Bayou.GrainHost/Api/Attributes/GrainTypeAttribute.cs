using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a grain class, in place of the name derived from the class.</summary>
/// <param name="grainType">The grain type.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    /// <summary>The grain type that the attribute names.</summary>
    /// <param name="services">Not used.</param>
    /// <param name="type">Not used.</param>
    public GrainType GetGrainType(IServiceProvider services, Type type) => GrainType.Create(grainType);
}
