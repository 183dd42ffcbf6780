namespace Bayou.Kafka.Protocol;

/// <summary>Asks which versions of which requests a broker has. The first request of a connection, allowed before authentication.</summary>
internal sealed class ApiVersionsRequest : KafkaRequest<ApiVersionsResponse>
{
    /// <summary>What brokers count clients by; they refuse names and versions with anything but letters, digits, dots and hyphens inside.</summary>
    public const string SoftwareName = "bayou";

    /// <summary>This library's version.</summary>
    public static readonly string SoftwareVersion = typeof(ApiVersionsRequest).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.ApiVersions;

    /// <inheritdoc/>
    public override VersionRange Versions => new(0, 3);

    /// <inheritdoc/>
    public override short FlexibleFrom => 3;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        if (version < 3) return;
        writer.WriteString(SoftwareName);
        writer.WriteString(SoftwareVersion);
        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override ApiVersionsResponse Read(ref ProtocolReader reader, short version)
    {
        var error = (BrokerError)reader.ReadInt16();
        if (error != BrokerError.UnsupportedVersion) return new ApiVersionsResponse(error, ReadVersions(ref reader, version));

        // A broker that lacks the version asked for answers in the lowest, which every client can read. Some answer with more or less than that:
        // what cannot be read tells nothing, and the lowest version is asked next.
        var rest = new ProtocolReader(reader.Take(reader.Remaining), flexible: false);
        var versions = ReadVersions(ref rest, 0);
        return new ApiVersionsResponse(error, rest.IsShort ? new Dictionary<ApiKey, VersionRange>() : versions);
    }

    private static Dictionary<ApiKey, VersionRange> ReadVersions(ref ProtocolReader reader, short version)
    {
        var count = version < 3 ? reader.ReadInt32() : reader.ReadArrayLength(7);
        var versions = new Dictionary<ApiKey, VersionRange>();
        for (var i = 0; i < count && !reader.IsShort; i++)
        {
            var key = (ApiKey)reader.ReadInt16();
            versions[key] = new VersionRange(reader.ReadInt16(), reader.ReadInt16());
            if (version >= 3) reader.SkipTags();
        }

        if (version >= 1) reader.ReadInt32();
        if (version >= 3) reader.SkipTags();
        return versions;
    }
}
