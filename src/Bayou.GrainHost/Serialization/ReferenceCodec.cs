using Orleans.Runtime;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Grain references: the grain and the interface. They are bound to the side that reads them.</summary>
internal sealed class ReferenceCodec : Codec<GrainReference>
{
    public static readonly ReferenceCodec Instance = new();

    public override void Write(WireWriter writer, GrainReference value)
    {
        KnownCodecs.WriteId(writer, value.GrainId);
        writer.WriteString(value.Interface.WireName);
    }

    public override GrainReference Read(WireReader reader)
    {
        var grainId = KnownCodecs.ReadId(reader);
        var grainInterface = TypeCatalog.FindInterface(reader.ReadString());
        var runtime = reader.Runtime ?? throw new SerializerException($"A reference to {grainId} was read where there is no grain host.");
        return runtime.Reference(GrainInterface.Of(grainInterface), grainId);
    }
}
