using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Copies what crosses a call by writing and reading it.</summary>
internal sealed class MessageCopier
{
    [ThreadStatic]
    private static WireWriter? s_writer;

    /// <summary>Copies the arguments of a request for the side that serves it.</summary>
    public object?[] CopyArguments(Request request, CallRuntime receiver)
    {
        var types = request.Method.ParameterTypes;
        if (types.Length == 0) return request.Arguments;
        var copies = (object?[])request.Arguments.Clone();
        var writer = Rent();
        try
        {
            for (var index = 0; index < types.Length; index++)
            {
                if (IsCopied(index)) Codecs.Declared(types[index]).WriteObject(writer, copies[index]);
            }

            var reader = new WireReader(writer.WrittenMemory, receiver);
            for (var index = 0; index < types.Length; index++)
            {
                if (IsCopied(index)) copies[index] = Codecs.Declared(types[index]).ReadObject(reader);
            }

            return copies;
        }
        finally
        {
            Return(writer);
        }

        bool IsCopied(int index) => index != request.Method.CancellationIndex && !IsShared(types[index]);
    }

    /// <summary>Copies a result for the side that asked for it.</summary>
    public T Copy<T>(T value, CallRuntime receiver) =>
        IsShared(typeof(T)) ? value : (T)Copy(Codecs.Declared<T>(), value, receiver)!;

    public Exception CopyException(Exception exception)
    {
        try
        {
            return (Exception)Copy(ExceptionCodec.Instance, exception, null)!;
        }
        catch (Exception failure) when (failure is SerializerException or InvalidCastException)
        {
            return new UnavailableExceptionFallbackException(exception.Message, failure);
        }
    }

    public byte[] Write<T>(T? value)
    {
        var writer = Rent();
        try
        {
            Codecs.Declared<T>().Write(writer, value!);
            return writer.Written.ToArray();
        }
        finally
        {
            Return(writer);
        }
    }

    public T? Read<T>(byte[] bytes) => Codecs.Declared<T>().Read(new WireReader(bytes, null));

    private static object? Copy(Codec codec, object? value, CallRuntime? receiver)
    {
        var writer = Rent();
        try
        {
            codec.WriteObject(writer, value);
            return codec.ReadObject(new WireReader(writer.WrittenMemory, receiver));
        }
        finally
        {
            Return(writer);
        }
    }

    // Nothing can be told of a copy of these.
    private static bool IsShared(Type type) => type == typeof(string) || Codecs.IsRaw(type);

    private static WireWriter Rent()
    {
        var writer = s_writer ?? new WireWriter();
        s_writer = null;
        return writer;
    }

    private static void Return(WireWriter writer)
    {
        writer.Clear();
        s_writer = writer;
    }
}
