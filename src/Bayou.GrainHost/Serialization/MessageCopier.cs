namespace Bayou.GrainHost;
internal sealed class MessageCopier
{
    public object?[] CopyArguments(Request request, CallRuntime receiver) => request.Arguments;
    public T Copy<T>(T value, CallRuntime receiver) => value;
    public Exception CopyException(Exception exception) => exception;
    public byte[] Write<T>(T? value) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value);
    public T? Read<T>(byte[] bytes) => System.Text.Json.JsonSerializer.Deserialize<T>(bytes);
}
