using System.Globalization;
using System.Text.Json;
using Bayou.Definitions;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Connections.Options;

namespace Bayou.Kafka.Tests.Pages;

/// <summary>The options that the page names are those of the code, with the same defaults and limits.</summary>
public sealed class KafkaPageTests
{
    private static readonly IReadOnlyList<OptionRow> Rows = OptionRow.Parse(KafkaPage.Section("## Options"));

    // With a login, so that all that is about one is looked at.
    private static readonly Dictionary<string, string> Login = new()
    {
        ["bootstrap.servers"] = "host", ["security.protocol"] = "sasl_plaintext", ["sasl.mechanism"] = "PLAIN", ["sasl.username"] = "me", ["sasl.password"] = "secret",
    };

    /// <summary>Every name of every row but that of the option which chooses the client.</summary>
    public static TheoryData<string> Names() => [.. Rows.SelectMany(row => row.Names).Where(name => name != ClientChoice.Option)];

    /// <summary>Options whose default is a number.</summary>
    public static TheoryData<string> Numbers() =>
        [.. Rows.Where(row => row.DefaultValue is { } value && long.TryParse(value, CultureInfo.InvariantCulture, out _)).Select(row => row.Names[0])];

    [Fact]
    public void Table_has_every_option_that_is_read_once_and_no_other() =>
        Assert.Equal(ClientOptionsReader.Names.Append(ClientChoice.Option).Order(StringComparer.Ordinal), Rows.SelectMany(row => row.Names).Order(StringComparer.Ordinal));

    [Fact]
    public void Table_tells_what_chooses_the_client() =>
        Assert.Equal([ClientChoice.Managed, ClientChoice.Librdkafka], OptionRow.InCode(Rows.Single(row => row.Names.Contains(ClientChoice.Option)).Takes));

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_tells_what_an_option_takes(string name)
    {
        var row = Row(name);
        var options = new Dictionary<string, string>(Login.Where(option => !row.Names.Contains(option.Key))) { [name] = "?" };

        // Whichever name the message has, and whether it shows the value or keeps it to itself.
        var mistakes = Read(options).Mistakes.Where(mistake => row.Names.Any(one => mistake.StartsWith($"Option '{one}' is '", StringComparison.Ordinal)));
        Assert.Equal(row.Allowed, mistakes.SingleOrDefault()?.Split("', but must be ")[1].TrimEnd('.'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_tells_the_default(string name)
    {
        var row = Row(name);
        if (row.DefaultValue is { } value) Assert.Equal(Meaning([]), Meaning(new() { [name] = value }));
        else Assert.Null(row.Allowed); // Told in words: such as take any text, and have none unless it is given.
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Number_that_is_not_the_default_makes_a_difference(string name) =>
        Assert.NotEqual(Meaning([]), Meaning(new() { [name] = $"{long.Parse(Row(name).DefaultValue!, CultureInfo.InvariantCulture) + 1}" }));

    [Fact]
    public void Page_lists_the_options_that_select_librdkafka()
    {
        var rows = OptionRow.Parse(KafkaPage.Section("### Options that select librdkafka").Replace(" |\n", " |  | \n", StringComparison.Ordinal));

        var values = rows.Where(row => row.Names is [var only] && OptionNames.LibrdkafkaValues.ContainsKey(only)).ToDictionary(row => row.Names[0], row => OptionRow.InCode(row.Takes).Single());
        Assert.Equal(OptionNames.LibrdkafkaValues.OrderBy(option => option.Key), values.OrderBy(option => option.Key));
        Assert.Equal(
            OptionNames.LibrdkafkaOnly.Order(StringComparer.Ordinal),
            rows.SelectMany(row => row.Names).Where(name => !values.ContainsKey(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_lists_the_options_without_effect() =>
        Assert.Equal(OptionNames.WithoutEffect.Order(StringComparer.Ordinal), Listed("### Options without effect"));

    [Fact]
    public void Page_lists_the_options_that_cannot_be_set() =>
        Assert.Equal(RefusedOptions.Names.Order(StringComparer.Ordinal), Listed("### Options that cannot be set"));

    private static OptionRow Row(string name) => Rows.Single(row => row.Names.Contains(name));

    // What is between backticks and is no command.
    private static IEnumerable<string> Listed(string heading) =>
        OptionRow.InCode(KafkaPage.Section(heading)).Where(code => !code.Contains(' ')).Distinct().Order(StringComparer.Ordinal);

    private static ReadOptions Read(Dictionary<string, string> options) =>
        ClientOptionsReader.Read(new SourceDefinition { Kind = "kafka", Topics = ["events"], Options = options });

    // As text, for options in options are no records.
    private static string Meaning(Dictionary<string, string> options)
    {
        options.TryAdd("bootstrap.servers", "host");
        var read = Read(options);
        Assert.Empty(read.Mistakes);
        return JsonSerializer.Serialize(read.Options);
    }
}
