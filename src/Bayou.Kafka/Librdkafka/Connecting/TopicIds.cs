using Confluent.Kafka;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>Learns a topic's id, which is new each time a topic is created. Clients before 2.4 cannot tell it.</summary>
internal static class TopicIds
{
    /// <summary>The id in the brokers' notation, or null when it is not told.</summary>
    public static string? Find(IAdminClient admin, string topic)
    {
#if CONFLUENT_KAFKA_2
        try
        {
            var options = new Confluent.Kafka.Admin.DescribeTopicsOptions { RequestTimeout = TimeSpan.FromSeconds(3) };
            var answer = admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), options).GetAwaiter().GetResult();
            return answer.TopicDescriptions.SingleOrDefault()?.TopicId?.ToString();
        }
        catch (KafkaException)
        {
            // Describing a topic is a right of its own; reading does not need it.
            return null;
        }
#else
        _ = (admin, topic);
        return null;
#endif
    }
}
