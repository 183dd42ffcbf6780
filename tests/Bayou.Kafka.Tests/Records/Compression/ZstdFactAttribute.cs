namespace Bayou.Kafka.Tests.Records.Compression;

/// <summary>A test that compresses with Zstandard.</summary>
public sealed class ZstdFactAttribute : FactAttribute
{
    public ZstdFactAttribute() => Skip = Encoders.HasZstd ? null : "There is no libzstd.so.1 on this machine.";
}
