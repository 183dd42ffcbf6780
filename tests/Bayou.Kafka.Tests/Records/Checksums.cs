namespace Bayou.Kafka.Tests.Records;

/// <summary>Checksums computed a bit at a time, straight from their definition.</summary>
internal static class Checksums
{
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }
}
