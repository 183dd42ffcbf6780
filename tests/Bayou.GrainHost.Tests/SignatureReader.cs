using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Bayou.GrainHost.Tests;

/// <summary>Reads what an assembly makes public, without loading it.</summary>
internal static class SignatureReader
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
