using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Orleans;

namespace Bayou.GrainHost.Tests;

/// <summary>
/// What the grain host makes public is what the Orleans package has, with the same signatures; types of packages that are
/// not at hand are named, each with its package, in OtherPackages.txt, which people review.
/// </summary>
public sealed class FidelityTests
{
    private static readonly Assembly s_host = typeof(IGrain).Assembly;

    [Fact]
    public void Public_types_are_those_of_the_package_or_of_the_reviewed_list()
    {
        var package = SignatureReader.Read(PackagePath());
        var listed = ListedTypes();

        var unknown = PublicTypes().Where(type => !package.ContainsKey(type.FullName!) && !listed.ContainsKey(type.FullName!)).Select(type => type.FullName);
        var stale = listed.Keys.Where(name => s_host.GetType(name) is null || package.ContainsKey(name));

        Assert.Empty(unknown);
        Assert.Empty(stale);
    }

    [Fact]
    public void Public_members_have_the_signatures_of_the_package()
    {
        var package = SignatureReader.Read(PackagePath());
        var own = SignatureReader.Read(s_host.Location);

        var unknown = PublicTypes()
            .Where(type => package.ContainsKey(type.FullName!))
            .SelectMany(type => own[type.FullName!].Except(package[type.FullName!]).Select(member => $"{type.FullName}: {member}"));

        Assert.Empty(unknown);
    }

    private static IEnumerable<Type> PublicTypes() =>
        s_host.GetExportedTypes().Where(type => !type.FullName!.StartsWith("Bayou.GrainHost.Testing.", StringComparison.Ordinal));

    private static string PackagePath() => typeof(FidelityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "OrleansAbstractions").Value!;

    private static Dictionary<string, string> ListedTypes() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "OtherPackages.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    private static class SignatureReader
    {
        /// <summary>For each public type, its public and protected members as text.</summary>
        public static Dictionary<string, HashSet<string>> Read(string path)
        {
            using var file = new PEReader(File.OpenRead(path));
            var reader = file.GetMetadataReader();
            Dictionary<string, HashSet<string>> types = new(StringComparer.Ordinal);
            foreach (var handle in reader.TypeDefinitions)
            {
                var type = reader.GetTypeDefinition(handle);
                if ((type.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic)) continue;
                var names = new TypeNames();
                HashSet<string> members = new(StringComparer.Ordinal);
                foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(one => IsVisible((int)(one.Attributes & MethodAttributes.MemberAccessMask))))
                {
                    var signature = method.DecodeSignature(names, null);
                    var isStatic = (method.Attributes & MethodAttributes.Static) != 0 ? "static " : string.Empty;
                    members.Add($"{isStatic}{signature.ReturnType} {reader.GetString(method.Name)}`{signature.GenericParameterCount}({string.Join(", ", signature.ParameterTypes)})");
                }

                foreach (var field in type.GetFields().Select(reader.GetFieldDefinition).Where(one => IsVisible((int)(one.Attributes & FieldAttributes.FieldAccessMask))))
                {
                    var constant = field.GetDefaultValue();
                    var value = constant.IsNil ? string.Empty : Convert.ToHexString(reader.GetBlobBytes(reader.GetConstant(constant).Value));
                    members.Add($"{field.DecodeSignature(names, null)} {reader.GetString(field.Name)} = {value}");
                }

                types[names.GetTypeFromDefinition(reader, handle, 0).Replace('/', '+')] = members;
            }

            return types;
        }

        // Public, protected, protected internal: 6, 4, 5 in both enumerations.
        private static bool IsVisible(int access) => access is 4 or 5 or 6;
    }

    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            var type = metadata.GetTypeDefinition(handle);
            var name = metadata.GetString(type.Name);
            if (!type.GetDeclaringType().IsNil) return $"{GetTypeFromDefinition(metadata, type.GetDeclaringType(), 0)}/{name}";
            var space = metadata.GetString(type.Namespace);
            return space.Length == 0 ? name : $"{space}.{name}";
        }

        public string GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = metadata.GetTypeReference(handle);
            var name = metadata.GetString(type.Name);
            if (type.ResolutionScope.Kind == HandleKind.TypeReference)
                return $"{GetTypeFromReference(metadata, (TypeReferenceHandle)type.ResolutionScope, 0)}/{name}";
            return $"{metadata.GetString(type.Namespace)}.{name}";
        }

        public string GetTypeFromSpecification(MetadataReader metadata, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
            metadata.GetTypeSpecification(handle).DecodeSignature(this, context);

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetByReferenceType(string elementType) => $"{elementType}&";

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

        public string GetGenericInstantiation(string genericType, System.Collections.Immutable.ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? context, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? context, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
    }
}
