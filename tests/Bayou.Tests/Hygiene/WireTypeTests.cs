using System.Reflection;

namespace Bayou.Tests.Hygiene;

/// <summary>Names and numbers on the wire are written down, so that no renaming changes them.</summary>
public sealed class WireTypeTests
{
    [Fact]
    public void Types_are_found() => Assert.Superset(
        new HashSet<string> { "Slice", "TableStatus", "PipelineDefinition", "PipelineGrainState", "SinkException" },
        WireTypes.Find().Select(type => type.Name).ToHashSet());

    // An enumeration travels as its number.
    [Fact]
    public void Every_type_has_a_serializer_and_an_alias() => Assert.Empty(WireTypes.Find()
        .Where(type => !type.IsEnum && (!type.IsDefined(typeof(GenerateSerializerAttribute), false) || AliasOf(type) is null))
        .Select(type => type.FullName));

    [Fact]
    public void Every_member_has_a_number_of_its_own() => Assert.Empty(WireTypes.Find()
        .Where(type => !type.IsEnum)
        .SelectMany(type => WireTypes.Members(type).GroupBy(one => one.Id).Where(group => group.Key is null || group.Count() > 1)
            .Select(group => $"{type.FullName} {group.Key}: {string.Join(", ", group.Select(one => one.Member.Name))}")));

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias() => Assert.Empty(WireTypes.GrainInterfaces
        .SelectMany(type => type.GetMethods().Cast<MemberInfo>().Append(type))
        .Where(member => AliasOf(member) is null)
        .Select(member => $"{member.DeclaringType?.Name} {member.Name}"));

    [Fact]
    public void Aliases_are_unique()
    {
        var types = WireTypes.All.GroupBy(AliasOf);
        var methods = WireTypes.GrainInterfaces.SelectMany(type => type.GetMethods().GroupBy(method => $"{type.Name} {AliasOf(method)}"));

        Assert.Empty(types.Where(group => group.Key is not null && group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group)}"));
        Assert.Empty(methods.Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(false)?.Alias;
}
