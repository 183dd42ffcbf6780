using System.Reflection;
using Orleans;

namespace Bayou.GrainHost.Tests;

/// <summary>
/// What the grain host makes public is what the Orleans packages have, with the same signatures. Types of packages that are
/// not on every feed are named, each with its package, in OtherPackages.txt, which says how they were compared.
/// </summary>
public sealed class FidelityTests
{
    private static readonly Assembly s_host = typeof(IGrain).Assembly;

    [Fact]
    public void Public_types_are_those_of_the_packages_or_of_the_list()
    {
        var packages = ReadPackages();
        var listed = ListedTypes();

        var unknown = PublicTypes().Where(type => !packages.ContainsKey(type.FullName!) && !listed.Contains(type.FullName!)).Select(type => type.FullName);
        var stale = listed.Where(name => s_host.GetType(name) is null || packages.ContainsKey(name));

        Assert.Empty(unknown);
        Assert.Empty(stale);
    }

    [Fact]
    public void Public_members_have_the_signatures_of_the_packages()
    {
        var packages = ReadPackages();
        var own = SignatureReader.Read(s_host.Location);

        var unknown = PublicTypes()
            .Where(type => packages.ContainsKey(type.FullName!))
            .SelectMany(type => own[type.FullName!].Except(packages[type.FullName!]).Select(member => $"{type.FullName}: {member}"));

        Assert.Empty(unknown);
    }

    private static IEnumerable<Type> PublicTypes() =>
        s_host.GetExportedTypes().Where(type => !type.FullName!.StartsWith("Bayou.GrainHost.Testing.", StringComparison.Ordinal));

    private static Dictionary<string, HashSet<string>> ReadPackages() => typeof(FidelityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(one => one.Key == "Orleans")
        .SelectMany(one => SignatureReader.Read(one.Value!))
        .ToDictionary();

    private static HashSet<string> ListedTypes() => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "OtherPackages.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ')[0])];
}
