using System.Buffers.Binary;

namespace Bayou.Kafka.Connections;

/// <summary>Tells by the first bytes who answered in place of a Kafka broker.</summary>
internal static class ForeignAnswer
{
    /// <summary>What the start of an answer, whose first four bytes would be its size, looks like; null when it may be Kafka.</summary>
    public static string? Recognize(ReadOnlySpan<byte> start)
    {
        if (start is [0x14 or 0x15 or 0x16, 0x03, <= 0x04, ..])
            return "the broker expects TLS; set security.protocol to ssl, or sasl_ssl";
        if (start.StartsWith("HTTP"u8))
            return "it does not speak Kafka's protocol, the answer looks like HTTP; is this the right port?";
        if (start.StartsWith("SSH-"u8))
            return "it does not speak Kafka's protocol, the answer looks like SSH; is this the right port?";
        return start.Length >= 4 && BinaryPrimitives.ReadInt32BigEndian(start) < 4
            ? "it does not speak Kafka's protocol; is this the right port?"
            : null;
    }
}
