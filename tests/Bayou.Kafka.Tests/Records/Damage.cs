using System.Buffers.Binary;

namespace Bayou.Kafka.Tests.Records;

/// <summary>Damages bytes as lines, disks and attackers do.</summary>
internal static class Damage
{
    private static readonly int[] Hostile = [0, 1, -1, 2, 6, 7, 12, 48, 49, 61, 127, 128, 255, 256, 65_535, 1 << 20, 1 << 30, int.MaxValue, int.MaxValue - 11, int.MinValue];

    public static int HostileNumber(Random random) => Hostile[random.Next(Hostile.Length)];

    public static byte[] To(byte[] bytes, Random random)
    {
        var damaged = (byte[])bytes.Clone();
        for (var times = random.Next(1, 4); times > 0 && damaged.Length > 0; times--) damaged = Once(damaged, random);
        return damaged;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0:
                return bytes[..at];
            case 1:
                var end = random.Next(at, bytes.Length);
                return [.. bytes[..at], .. bytes[end..]];
            case 2:
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
            case 3 when bytes.Length >= 4:
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(Math.Min(at, bytes.Length - 4)), HostileNumber(random));
                return bytes;
            case 4 when bytes.Length >= 4:
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Math.Min(at, bytes.Length - 4)), HostileNumber(random));
                return bytes;
            case 5:
                // A number of variable length that is as large as can be, or has no end.
                bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 11))).Fill(0xff);
                return bytes;
            case 6:
                // Where the header's fields lie.
                bytes[random.Next(Math.Min(70, bytes.Length))] = (byte)random.Next(256);
                return bytes;
            default:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
