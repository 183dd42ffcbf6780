using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Connections;

internal sealed class ApiVersionsRequest : Request<ApiVersionsResponse>
{
    public override ApiKey Key => ApiKey.ApiVersions;

    public override VersionRange Versions => new(0, 3);

    public override short FlexibleFrom => 3;

    public override void Write(ProtocolWriter writer, short version)
    {
        if (version < 3) return;
        writer.WriteString("bayou");
        writer.WriteString("0");
        writer.WriteNoTags();
    }

    public override ApiVersionsResponse Read(ref ProtocolReader reader, short version)
    {
        var error = (BrokerError)reader.ReadInt16();
        var ranges = new Dictionary<ApiKey, VersionRange>();
        if (error != BrokerError.None)
        {
            reader = new ProtocolReader(reader.Take(reader.Remaining), flexible: false);
            version = 0;
        }

        for (var left = reader.ReadArrayLength(6); left > 0; left--)
        {
            var key = (ApiKey)reader.ReadInt16();
            ranges[key] = new VersionRange(reader.ReadInt16(), reader.ReadInt16());
            reader.SkipTags();
        }

        if (version >= 1) reader.ReadInt32();
        reader.SkipTags();
        return new ApiVersionsResponse(error, ranges);
    }
}
