using Bayou.Sinks.Tests.Postgres;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>A fact that needs a real broker and PostgreSQL's server; skipped, with the reason, where one is missing.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresPrograms.Folder is null) Skip = PostgresPrograms.Missing;
        else if (SharedTools.Kafka is null) Skip = "needs a Kafka broker: kafka-local was not found; set BAYOU_SHARED to the folder that holds kafka/kafka-local";
    }
}
