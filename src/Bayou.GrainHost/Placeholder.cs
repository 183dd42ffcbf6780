#pragma warning disable
namespace Orleans
{
    [AttributeUsage(AttributeTargets.All)] public sealed class GenerateSerializerAttribute : Attribute { }
    [AttributeUsage(AttributeTargets.All)] public sealed class IdAttribute(uint id) : Attribute { public uint Id { get; } = id; }
    [AttributeUsage(AttributeTargets.All)] public sealed class AliasAttribute(string alias) : Attribute { public string Alias { get; } = alias; }
    [AttributeUsage(AttributeTargets.All)] public sealed class ImmutableAttribute : Attribute { }
    public interface IGrain { }
    public interface IGrainWithStringKey : IGrain { }
}
namespace Orleans.Concurrency
{
    [AttributeUsage(AttributeTargets.All)] public sealed class AlwaysInterleaveAttribute : Attribute { }
    [AttributeUsage(AttributeTargets.All)] public sealed class OneWayAttribute : Attribute { }
}
namespace Orleans
{
    [AttributeUsage(AttributeTargets.All)] public sealed class ResponseTimeoutAttribute(string t) : Attribute { public string T { get; } = t; }
}
namespace Orleans.Hosting { internal static class P; }
namespace Orleans.Runtime { internal static class P; }
