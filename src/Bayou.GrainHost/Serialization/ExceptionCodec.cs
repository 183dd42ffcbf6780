using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>
/// Exceptions: message, stack, cause, and the members of a marked type. A type that is neither marked nor the base
/// library's becomes <see cref="UnavailableExceptionFallbackException"/>.
/// </summary>
internal sealed class ExceptionCodec : Codec<Exception>
{
    public static readonly ExceptionCodec Instance = new();

    public override void Write(WireWriter writer, Exception value)
    {
        var type = value.GetType();
        writer.WriteString(TypeCatalog.NameOfException(type));
        writer.WriteString(value.Message);
        writer.WriteString(value.StackTrace ?? string.Empty);
        writer.WriteRaw(value.HResult);
        var causes = value is AggregateException many ? [.. many.InnerExceptions] : value.InnerException is { } one ? new[] { one } : [];
        writer.WriteVar((ulong)causes.Length);
        writer.Enter();
        foreach (var cause in causes) Write(writer, cause);
        writer.Leave();
        var members = writer.BeginLength();
        if (Codecs.IsMarked(type)) ObjectMembers.Of(type).Write(writer, value);
        writer.EndLength(members);
    }

    public override Exception Read(WireReader reader)
    {
        var name = reader.ReadString();
        var message = reader.ReadString();
        var stack = reader.ReadString();
        var code = reader.ReadRaw<int>();
        var causes = new Exception[reader.ReadCount(1)];
        for (var index = 0; index < causes.Length; index++) causes[index] = Read(reader);
        var end = reader.ReadEnd();
        var type = TypeCatalog.FindException(name);
        Exception result;
        if (type == typeof(AggregateException))
        {
            result = new AggregateException(causes);
        }
        else if (type is null)
        {
            result = new UnavailableExceptionFallbackException(message, causes.FirstOrDefault()!) { ExceptionType = name };
        }
        else
        {
            result = (Exception)RuntimeHelpers.GetUninitializedObject(type);
            InnerExceptionOf(result) = causes.FirstOrDefault();
        }

        MessageOf(result) = message;
        RemoteStackOf(result) = stack.Length == 0 ? null : stack + Environment.NewLine;
        CodeOf(result) = code;
        if (type is not null && Codecs.IsMarked(type)) ObjectMembers.Of(type).Read(reader, result, end);
        reader.SkipTo(end);
        return result;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerExceptionOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_remoteStackTraceString")]
    private static extern ref string? RemoteStackOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_HResult")]
    private static extern ref int CodeOf(Exception exception);
}
