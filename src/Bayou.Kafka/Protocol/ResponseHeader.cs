namespace Bayou.Kafka.Protocol;

/// <summary>What precedes the body of a response, after its size.</summary>
/// <param name="CorrelationId">That of the request.</param>
internal readonly record struct ResponseHeader(int CorrelationId)
{
    /// <summary>Reads the header and leaves the reader at the body. The reader is flexible when the request's version is.</summary>
    public static ResponseHeader Read(ref ProtocolReader reader, ApiKey key)
    {
        var header = new ResponseHeader(reader.ReadInt32());
        // A client that asks for versions cannot know yet which header the broker would use, so this response's never has tags.
        if (key != ApiKey.ApiVersions) reader.SkipTags();
        return header;
    }
}
