using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Bayou.GrainHost;

/// <summary>The assemblies of the application that use the grain host, whether loaded yet or not.</summary>
internal static class ApplicationAssemblies
{
    private static readonly string s_self = typeof(ApplicationAssemblies).Assembly.GetName().Name!;

    public static IEnumerable<Assembly> Load()
    {
        HashSet<Assembly> found = [typeof(ApplicationAssemblies).Assembly];
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (UsesGrainHost(assembly)) found.Add(assembly);
        }

        var paths = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty).Split(Path.PathSeparator);
        foreach (var path in paths.Where(path => path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)))
        {
            if (ReferencesGrainHost(path)) found.Add(Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path))));
        }

        return found;
    }

    public static bool UsesGrainHost(Assembly assembly) =>
        !assembly.IsDynamic && (assembly.GetName().Name == s_self || assembly.GetReferencedAssemblies().Any(name => name.Name == s_self));

    private static bool ReferencesGrainHost(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata) return false;
            var reader = file.GetMetadataReader();
            return reader.AssemblyReferences.Any(handle =>
                reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, s_self));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
