using System.Runtime.InteropServices;

namespace Bayou.Kafka.Librdkafka.Native;

/// <summary>The few calls into librdkafka that the managed client does not offer: cluster id, client handles, and the embedded test broker.</summary>
internal static partial class RdKafka
{
    /// <summary><c>rd_kafka_type_t</c>: a producer, the cheapest kind of handle.</summary>
    public const int Producer = 0;

    /// <summary>What <c>rd_kafka_conf_set</c> returns when the property was taken.</summary>
    public const int ConfOk = 0;

    /// <summary>The library's version, for example <c>2.0.2</c>.</summary>
    public static string VersionText => $"{Version() >> 24}.{(Version() >> 16) & 0xff}.{(Version() >> 8) & 0xff}";

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_version")]
    public static partial int Version();

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint ConfNew();

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_conf_destroy")]
    public static partial void ConfDestroy(nint conf);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConfSet(nint conf, string name, string value, Span<byte> error, nuint errorSize);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_conf_set_log_cb")]
    public static partial void ConfSetLogCallback(nint conf, nint callback);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int type, nint conf, Span<byte> error, nuint errorSize);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint handle);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_clusterid")]
    public static partial nint ClusterId(nint handle, int timeoutMilliseconds);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mem_free")]
    public static partial void Free(nint handle, nint memory);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mock_cluster_new")]
    public static partial nint MockClusterNew(nint handle, int brokers);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    public static partial void MockClusterDestroy(nint cluster);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    public static partial nint MockClusterBootstraps(nint cluster);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MockTopicCreate(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mock_broker_set_down")]
    public static partial int MockBrokerSetDown(nint cluster, int broker);

    [LibraryImport(LibrdkafkaLoader.LibraryName, EntryPoint = "rd_kafka_mock_broker_set_up")]
    public static partial int MockBrokerSetUp(nint cluster, int broker);
}
