using System.CommandLine;
using System.Text.Json.Nodes;
using Bayou.Cli.Loading;
using Bayou.Console;
using Bayou.Definitions;
using Bayou.Kafka.Tools;
using Bayou.Load;
using Bayou.Sources;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou load</c>: produces generated events to a topic, which it creates when it is missing.</summary>
internal sealed class LoadCommand
{
    private readonly CliContext _context;
    private readonly Option<string> _bootstrap = new("--bootstrap") { HelpName = "HOST:PORT", DefaultValueFactory = _ => "127.0.0.1:9092", Description = "Some brokers." };
    private readonly Option<string> _topic = new("--topic") { DefaultValueFactory = _ => "events", Description = "The topic." };
    private readonly Option<int> _partitions = NumberOption.Create("--partitions", 50, 1, 100_000, "Partitions of the topic when it is created.");
    private readonly Option<long> _count = NumberOption.Create("--count", 1_000_000, 0, long.MaxValue, "Number of events; --events is the same.");
    private readonly Option<long> _rate = NumberOption.Create("--rate", 0, 0, long.MaxValue, "Most events per second. 0: no limit.");
    private readonly Option<int> _types = NumberOption.Create("--types", 10, 1, LoadOptions.MaxTypes, "Number of event types.");
    private readonly Option<int> _size = NumberOption.Create("--size", 0, 0, LoadOptions.MaxSizeBytes, "Bytes that every event is filled up to. 0: as they come, about 210.");
    private readonly Option<double> _skew = NumberOption.Create("--skew", 0.0, 0, 1, "Share of the first type, 0 to 1. 0: all types are as frequent.");
    private readonly Option<double> _bad = NumberOption.Create("--bad", 0.0, 0, 1, "Share of records that cannot become rows, 0 to 1.");
    private readonly Option<long> _seed = NumberOption.Create("--seed", 1, long.MinValue, long.MaxValue, "Equal seeds make equal events.");
    private readonly Option<string[]> _set = new("--set") { HelpName = "NAME=VALUE", Description = "A property of librdkafka, such as security.protocol=SASL_SSL. May be repeated." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON." };

    private LoadCommand(CliContext context) => _context = context;

    public static void AddTo(CommandTree tree, CliContext context)
    {
        var load = new LoadCommand(context);
        load._count.Aliases.Add("--events");
        var command = new Command("load", "Produce generated events to a topic.")
        {
            load._bootstrap, load._topic, load._partitions, load._count, load._rate, load._types, load._size, load._skew, load._bad, load._seed, load._set, load._json,
        };
        command.SetAction(load.RunAsync);
        tree.Add(command, ["bayou load --count 1000000 --partitions 50", "bayou load --rate 5000 --bad 0.01 --bootstrap kafka:9092 --topic events", "bayou load --count 100000 --size 1200 --skew 0.9 --seed 7 --json"]);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stopping)
    {
        var properties = Properties(parsed);
        var topic = parsed.GetValue(_topic)!;
        var generator = new EventGenerator(new LoadOptions
        {
            Seed = parsed.GetValue(_seed), Types = parsed.GetValue(_types), SizeBytes = parsed.GetValue(_size), Skew = parsed.GetValue(_skew), BadShare = parsed.GetValue(_bad),
        });
        if (!await ExistsAsync(topic, properties, stopping))
        {
            using var topics = new TopicAdministration(properties);
            await topics.CreateAsync(topic, parsed.GetValue(_partitions));
            _context.Terminal.Error.WriteLine($"created topic {topic} with {parsed.GetValue(_partitions)} partitions");
        }

        using var producer = new RecordProducer(properties);
        var result = await new LoadRun(generator, producer, topic, _context.Time).RunAsync(parsed.GetValue(_count), parsed.GetValue(_rate), _ => { }, stopping);
        _context.Terminal.Out.WriteLine(parsed.GetValue(_json)
            ? new JsonObject
            {
                ["events"] = result.Events, ["bytes"] = result.Bytes, ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3), ["eventsPerSecond"] = Math.Round(result.Rate),
                ["topic"] = topic,
            }.ToJsonString()
            : $"{result.Events:#,##0} events, {result.Bytes / 1e6:#,##0.0} MB in {result.Elapsed.TotalSeconds:0.0} s: {result.Rate:#,##0} events/s to {topic}");
        return ExitCode.Done;
    }

    private async Task<bool> ExistsAsync(string topic, Dictionary<string, string> properties, CancellationToken stopping)
    {
        var source = new SourceDefinition { Kind = "kafka", Topics = [topic], Options = properties };
        try
        {
            await using var kafka = await _context.Connectors.Sources.Single(factory => factory.Kind == source.Kind).OpenAsync(source, stopping);
            return (await kafka.DescribeTopicAsync(topic, stopping)).Partitions > 0;
        }
        catch (SourceException error) when (error.Kind == SourceErrorKind.UnknownTopic)
        {
            return false;
        }
    }

    private Dictionary<string, string> Properties(ParseResult parsed)
    {
        var properties = new Dictionary<string, string> { ["bootstrap.servers"] = parsed.GetValue(_bootstrap)! };
        foreach (var setting in parsed.GetValue(_set) ?? [])
        {
            var equals = setting.IndexOf('=');
            if (equals <= 0)
                throw new UsageException($"--set takes NAME=VALUE, not '{setting}'");
            properties[setting[..equals]] = setting[(equals + 1)..];
        }

        return properties;
    }
}
