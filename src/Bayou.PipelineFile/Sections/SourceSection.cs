using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads the source: a mapping with one key, the kind, and its options below.</summary>
internal static class SourceSection
{
    /// <summary>The source; null when something was wrong with it, which is reported.</summary>
    public static SourceDefinition? Read(ReadContext context, MapEntry entry)
    {
        var problems = context.Problems;
        var kinds = context.Sources.Select(s => s.Kind).Order(StringComparer.Ordinal).ToList();
        if (KindSection.Read(entry, "source", kinds, problems) is not { } kind) return null;

        var isKafka = kind.Name == KafkaProperties.SourceKind;
        var before = problems.Count;
        var opened = isKafka
            ? MapSection.Open(kind.Key, kind.Value, FileKeys.Kafka, problems, (KafkaProperties.IsProperty, "any librdkafka property such as security.protocol"), IsGivenAsProperty)
            : MapSection.Open(kind.Key, kind.Value, FileKeys.OtherSource, problems, (_ => true, "the source's own options"));
        if (opened is not { } section) return null;

        var topics = ReadTopics(section, problems);
        var start = section["start"] is { } startNode ? StartSection.Read(startNode, topics, problems) : new StartPosition();
        var end = section["end"] is { } endNode ? ScalarReader.Choice(endNode, "end", ["latest"], problems) : "";
        var loss = section["onDataLoss"] is { } lossNode ? ScalarReader.Choice(lossNode, "onDataLoss", ["stop", "continue"], problems) : "stop";
        var options = ReadOptions(section, isKafka, problems);
        if (problems.Count > before || topics is null || start is null || end is null || loss is null || options is null) return null;

        var source = new SourceDefinition
        {
            Kind = kind.Name,
            Topics = topics,
            Options = options,
            Start = start,
            EndAtLatest = end == "latest",
            OnDataLoss = loss == "continue" ? DataLossPolicy.Continue : DataLossPolicy.Stop,
        };
        foreach (var sentence in context.Sources.First(s => s.Kind == kind.Name).Validate(source)) problems.Add(kind.Key, sentence);
        return source;
    }

    private static bool IsGivenAsProperty(MapNode map, string key) =>
        key == "bootstrapServers" && map.Find(KafkaProperties.BootstrapServers) is not null;

    private static string[]? ReadTopics(MapSection section, ProblemList problems)
    {
        if (section["topics"] is not { } node) return null;
        if (ScalarReader.TextList(node, "topics", problems) is not { } topics) return null;
        if (topics.Count == 0) problems.Add(node, "'topics' is empty; name at least one topic");
        foreach (var (item, text) in topics)
        {
            if (!IsTopic(text)) problems.Add(item, $"{item.Shown} is not a topic's name; allowed: 1 to 249 letters, digits, '.', '_' and '-'");
        }
        return [.. topics.Select(t => t.Text)];
    }

    private static bool IsTopic(string name) =>
        name.Length <= 249 && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static Dictionary<string, string>? ReadOptions(MapSection section, bool isKafka, ProblemList problems)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var good = true;
        foreach (var entry in section.Entries)
        {
            if (entry.Name == "bootstrapServers" && isKafka)
            {
                if (section.Entry(KafkaProperties.BootstrapServers) is { } twin)
                    problems.Add(twin.Key, "'bootstrap.servers' is the same as 'bootstrapServers', which is given too; leave one out");
                else if (ScalarReader.TextList(entry.Value, entry.Name, problems) is not { } servers)
                    good = false;
                else if (servers.Count == 0)
                    problems.Add(entry.Value, "'bootstrapServers' is empty; give host:port of at least one broker");
                else
                    options[KafkaProperties.BootstrapServers] = string.Join(',', servers.Select(s => s.Text));
            }
            else if (entry.Name == KafkaProperties.Client && isKafka)
            {
                if (ScalarReader.Choice(entry.Value, entry.Name, KafkaProperties.Clients, problems) is { } client) options[entry.Name] = client;
                else good = false;
            }
            else if (!FileKeys.OtherSource.Names.Contains(entry.Name) && (!isKafka || KafkaProperties.IsProperty(entry.Name)))
            {
                if (ScalarReader.Text(entry.Value, entry.Name, problems) is { } text) options[entry.Name] = LowerFlag(text);
                else good = false;
            }
        }
        return good ? options : null;
    }

    private static string LowerFlag(string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase) ? text.ToLowerInvariant() : text;
}
