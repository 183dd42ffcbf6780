namespace Bayou.GrainHost;

/// <summary>Writes and reads values of one type.</summary>
internal abstract class Codec
{
    public abstract void WriteObject(WireWriter writer, object? value);

    public abstract object? ReadObject(WireReader reader);
}
