using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A fetch response as a whole.</summary>
internal sealed record RawFetch(BrokerError Error, int SessionId, IReadOnlyList<RawFetch.Part> Parts)
{
    public sealed record Part(string Topic, Guid TopicId, FetchedPartition Told, byte[] Records, EpochEndOffset? Diverging, LeaderAndEpoch? Leader);

    public static async Task<RawFetch> AskAsync(RawClient client, FetchRequest request, short version) =>
        Read(await client.AskBytesAsync(request, version), version);

    private static RawFetch Read(byte[] body, short version)
    {
        var parser = new FetchResponseParser(version, body.Length);
        var parts = new List<Part>();
        var records = Array.Empty<byte>();
        for (var position = 0; ;)
        {
            var step = parser.Next(body.AsSpan(position), out var consumed);
            position += consumed;
            switch (step)
            {
                case FetchStep.Header: break;
                case FetchStep.Partition:
                    records = body[position..(position + parser.Partition.RecordsLength)];
                    position += records.Length;
                    parser.RecordsTaken();
                    break;
                case FetchStep.PartitionEnd:
                    parts.Add(new Part(parser.Topic, parser.TopicId, parser.Partition, records, parser.Diverging, parser.CurrentLeader));
                    break;
                case FetchStep.End: return new RawFetch(parser.Error, parser.SessionId, parts);
                default: throw new InvalidDataException("The response is not whole.");
            }
        }
    }
}
