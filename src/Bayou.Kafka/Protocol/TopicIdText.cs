using System.Buffers.Text;

namespace Bayou.Kafka.Protocol;

/// <summary>Topic ids as Kafka's own tools write them: URL-safe base 64 without padding.</summary>
internal static class TopicIdText
{
    /// <summary>The id as text; null when there is none.</summary>
    public static string? Of(Guid id)
    {
        if (id == Guid.Empty) return null;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
