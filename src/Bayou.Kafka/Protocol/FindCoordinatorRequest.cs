using Bayou.Kafka.Connections;

namespace Bayou.Kafka.Protocol;

/// <summary>Asks which broker keeps a consumer group's offsets.</summary>
internal sealed class FindCoordinatorRequest(string group) : KafkaRequest<FindCoordinatorResponse>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.FindCoordinator;

    /// <inheritdoc/>
    public override VersionRange Versions => new(1, 4);

    /// <inheritdoc/>
    public override short FlexibleFrom => 3;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        if (version < 4) writer.WriteString(group);
        // A group, not a transaction.
        writer.WriteInt8(0);
        if (version >= 4)
        {
            writer.WriteArrayLength(1);
            writer.WriteString(group);
        }

        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override FindCoordinatorResponse Read(ref ProtocolReader reader, short version)
    {
        reader.ReadInt32();
        var response = version < 4 ? ReadOne(ref reader) : ReadMany(ref reader);
        reader.SkipTags();
        return response;
    }

    private static FindCoordinatorResponse ReadOne(ref ProtocolReader reader)
    {
        var error = (BrokerError)reader.ReadInt16();
        var message = reader.ReadNullableString();
        return new FindCoordinatorResponse(error, message, reader.ReadInt32(), new HostPort(reader.ReadString(), reader.ReadInt32()));
    }

    private FindCoordinatorResponse ReadMany(ref ProtocolReader reader)
    {
        FindCoordinatorResponse? found = null;
        for (var left = reader.ReadArrayLength(14); left > 0 && !reader.IsShort; left--)
        {
            var key = reader.ReadString();
            var node = reader.ReadInt32();
            var address = new HostPort(reader.ReadString(), reader.ReadInt32());
            var error = (BrokerError)reader.ReadInt16();
            var message = reader.ReadNullableString();
            reader.SkipTags();
            if (key == group) found = new FindCoordinatorResponse(error, message, node, address);
        }

        return found ?? new FindCoordinatorResponse(BrokerError.UnknownServerError, "the answer leaves the group out", -1, default);
    }
}
