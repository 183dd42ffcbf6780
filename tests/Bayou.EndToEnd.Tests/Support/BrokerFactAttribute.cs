namespace Bayou.EndToEnd.Tests.Support;

/// <summary>A fact that needs a real broker; skipped, with the reason, where there is none.</summary>
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute()
    {
        if (SharedTools.Kafka is null) Skip = "needs a Kafka broker: kafka-local was not found; set BAYOU_SHARED to the folder that holds kafka/kafka-local";
    }
}
