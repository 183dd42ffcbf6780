namespace Bayou.Kafka.Protocol;

/// <summary>Writes requests as they go over the wire: size, header, body.</summary>
internal static class RequestFrame
{
    /// <summary>Replaces what the writer holds by the whole request, ready to be sent.</summary>
    /// <param name="writer">Is cleared first, so that one writer serves a connection's requests one after another.</param>
    /// <param name="request">The request.</param>
    /// <param name="version">One of its versions, which the broker has as well.</param>
    /// <param name="correlationId">The response carries it, too.</param>
    /// <param name="clientId">What the broker's logs, metrics and quotas call this client; null for none.</param>
    public static void Write(ProtocolWriter writer, KafkaRequest request, short version, int correlationId, string? clientId)
    {
        writer.Clear();
        writer.Flexible = false;
        writer.WriteInt32(0);
        writer.WriteInt16((short)request.Key);
        writer.WriteInt16(version);
        writer.WriteInt32(correlationId);
        // The client id never became compact; only the tags after it tell a flexible header.
        writer.WriteString(clientId);
        writer.Flexible = version >= request.FlexibleFrom;
        writer.WriteNoTags();
        request.Write(writer, version);
        writer.PatchInt32(0, writer.Length - 4);
    }
}
