using System.Text.Json;
using Bayou.Grains.Hosting;
using Bayou.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;

namespace Bayou.Cli.Tests;

public class SiloConfigurationTests
{
    private static readonly string Settings = Repository.Locate("silo/Bayou.Silo/appsettings.json");
    private static readonly string Page = File.ReadAllText(Repository.Locate("docs/hosting.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Appsettings_show_every_option_once_with_its_default()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Settings));
        var bayou = file.RootElement.GetProperty("Bayou");
        var configuration = new ConfigurationBuilder().AddJsonFile(Settings).Build();

        Assert.Equal(Names<BayouOptions>().Append("Silo").Order(), bayou.EnumerateObject().Select(property => property.Name).Order());
        Assert.Equal(Names<SiloSettings>().Order(), bayou.GetProperty("Silo").EnumerateObject().Select(property => property.Name).Order());
        Assert.Equal(JsonSerializer.Serialize(new BayouOptions()), JsonSerializer.Serialize(configuration.GetSection(BayouOptions.Section).Get<BayouOptions>()));
        Assert.Equal(JsonSerializer.Serialize(new SiloSettings()), JsonSerializer.Serialize(configuration.GetSection(SiloSettings.Section).Get<SiloSettings>()));
    }

    [Fact]
    public void Page_has_a_row_for_every_option() =>
        Assert.All(Names<BayouOptions>().Concat(Names<SiloSettings>().Select(name => $"Silo:{name}")), name => Assert.Contains($"\n| `{name}` |", Page));

    [Fact]
    public void Page_sample_is_the_one_that_is_compiled()
    {
        var sample = Page.Split("```csharp\n")[1].Split("```")[0];
        var lines = sample.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

        var source = File.ReadAllLines(Repository.Locate("tests/Bayou.Cli.Tests/OwnSilo.cs")).Select(line => line.Trim()).ToHashSet();
        Assert.All(lines, line => Assert.Contains(line, source));
    }

    [Fact]
    public void Own_silo_is_put_together()
    {
        var builder = Host.CreateApplicationBuilder();

        OwnSilo.Compose(builder);

        using var host = builder.Build();
        Assert.NotNull(host.Services.GetService(typeof(IGrainFactory)));
    }

    [Fact]
    public void Options_that_are_wrong_are_all_named()
    {
        var builder = Host.CreateApplicationBuilder();

        var refusal = Assert.Throws<OptionsValidationException>(() =>
        {
            builder.UseOrleans(silo => silo.AddBayou(options => (options.WorkThreads, options.BatchRecords, options.ReviveEvery) = (-1, 0, TimeSpan.Zero)));
            builder.Build();
        });

        Assert.Equal(
            ["Bayou:WorkThreads is -1; give 1 or more, or 0 for as many as cores",
             "Bayou:BatchRecords is 0, so nothing would be read; give 1 or more",
             "Bayou:ReviveEvery is 00:00:00; give 1 ms to 1 day"],
            refusal.Failures);
    }

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties().Select(property => property.Name);
}
