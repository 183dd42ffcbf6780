using System.Runtime.InteropServices;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>librdkafka's <c>rd_kafka_message_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct RdKafkaMessage
{
    public readonly int Error;
    public readonly nint Topic;
    public readonly int Partition;
    public readonly nint Value;
    public readonly nuint ValueLength;
    public readonly nint Key;
    public readonly nuint KeyLength;
    public readonly long Offset;
    public readonly nint Private;
}
