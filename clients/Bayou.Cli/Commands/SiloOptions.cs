using System.CommandLine;
using Bayou.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Bayou.Cli.Commands;

/// <summary>Options of the commands that run a silo in this process, and the host made of them.</summary>
internal sealed class SiloOptions
{
    private readonly Option<string?> _state;

    private readonly Option<string> _log = new("--log")
    {
        HelpName = "LEVEL", DefaultValueFactory = _ => "warning", Description = "Lowest level of log lines on standard error: debug, information, warning, error, none.",
    };

    public SiloOptions(Command command, string defaultState)
    {
        _state = new("--state") { HelpName = "DIR", Description = $"State directory: grain state, lock and silo.json. Default: {defaultState}." };
        _log.AcceptOnlyFromAmong("debug", "information", "warning", "error", "none");
        command.Options.Add(_state);
        command.Options.Add(_log);
    }

    /// <summary>A silo that holds its state directory; not started.</summary>
    public SiloHost Create(CliContext context, ParseResult parsed, string defaultState, string[] pipelines)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        var state = context.Terminal.FullPath(parsed.GetValue(_state) ?? defaultState);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create($"{SiloSettings.Section}:{nameof(SiloSettings.State)}", (string?)state)]);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.ColorBehavior, options.TimestampFormat) = (true, LoggerColorBehavior.Disabled, "HH:mm:ss "));
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<LoggerFilterOptions>(options =>
        {
            options.Rules.Clear();
            options.MinLevel = Enum.Parse<LogLevel>(parsed.GetValue(_log)!, ignoreCase: true);
        });
        return SiloHost.Create(builder, context.CommandLine, pipelines, ownSignals: true);
    }
}
