namespace Bayou.Kafka.Protocol;

/// <summary>One request of Kafka's protocol. Pure: it does no I/O.</summary>
internal abstract class KafkaRequest
{
    /// <summary>The request's number.</summary>
    public abstract ApiKey Key { get; }

    /// <summary>The versions that this class can write and read.</summary>
    public abstract VersionRange Versions { get; }

    /// <summary>The first version with compact lengths and tagged fields; their headers differ, too.</summary>
    public abstract short FlexibleFrom { get; }

    /// <summary>Writes the body, without the header. The writer is flexible when the version is.</summary>
    public abstract void Write(ProtocolWriter writer, short version);
}
