namespace Bayou.Sinks.Tests.Postgres;

/// <summary>The tests that share one server, one after another: some of them restart it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "Postgres";
}
