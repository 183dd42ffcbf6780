using Bayou.Definitions;
namespace Bayou.Kafka.Connections;
internal sealed record ReadOptions(ClientOptions? Options, IReadOnlyList<string> Mistakes, IReadOnlyList<string> WithoutEffect);
internal static class ClientOptionsReader
{
    public static string? NeedsLibrdkafka(SourceDefinition d) => null;
    public static ReadOptions Read(SourceDefinition d)
    {
        var servers = d.Options["bootstrap.servers"].Split(',').Select(s => s.Split(':')).Select(p => new HostPort(p[0], int.Parse(p[1]))).ToList();
        return new(new ClientOptions { BootstrapServers = servers, IsReadCommitted = d.Options.GetValueOrDefault("isolation.level") != "read_uncommitted" }, [], []);
    }
}
