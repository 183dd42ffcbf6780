namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>Holds the counts and lengths of a fetch response against its size.</summary>
internal static class FetchBounds
{
    /// <summary>A count or length of things that take at least <paramref name="leastBytes"/> bytes each.</summary>
    /// <param name="count">As it was read.</param>
    /// <param name="leastBytes">At least 1.</param>
    /// <param name="bytesLeft">Bytes of the response that follow.</param>
    /// <param name="what">Named in the error.</param>
    /// <exception cref="ProtocolException">It is negative or more than can follow.</exception>
    public static int Check(long count, int leastBytes, int bytesLeft, string what) => count >= 0 && count * leastBytes <= bytesLeft
        ? (int)count
        : throw new ProtocolException($"The fetch response's {what} is {count}, but {bytesLeft} bytes are left of it.");

    /// <summary>Reads a count or length; null reads as -1, as does a short reader.</summary>
    /// <inheritdoc cref="Check"/>
    public static int Read(ref ProtocolReader reader, bool flexible, int leastBytes, int bytesLeft, string what)
    {
        var count = flexible ? (long)reader.ReadUnsignedVarint() - 1 : reader.ReadInt32();
        return reader.IsShort || count == -1 ? -1 : Check(count, leastBytes, bytesLeft - reader.Position, what);
    }
}
