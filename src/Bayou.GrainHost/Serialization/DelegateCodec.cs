namespace Bayou.GrainHost;

/// <summary>Values of a type that needs only two small functions.</summary>
internal sealed class DelegateCodec<T>(Action<WireWriter, T> write, Func<WireReader, T> read) : Codec<T>
{
    public override void Write(WireWriter writer, T value) => write(writer, value);

    public override T Read(WireReader reader) => read(reader);
}
