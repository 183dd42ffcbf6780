namespace Bayou.GrainHost;

/// <summary>Values whose bytes in memory are what is written.</summary>
internal sealed class RawCodec<T> : Codec<T>
    where T : struct
{
    public override void Write(WireWriter writer, T value) => writer.WriteRaw(value);

    public override T Read(WireReader reader) => reader.ReadRaw<T>();
}
