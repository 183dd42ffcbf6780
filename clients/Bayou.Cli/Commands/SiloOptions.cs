using System.CommandLine;
using Bayou.Console;
using Bayou.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bayou.Cli.Commands;

/// <summary>Options of the commands that run a silo in this process, and the host made of them.</summary>
internal sealed class SiloOptions
{
    // Orleans advises a server's garbage collector at every start, and its watchdog takes the time since boot for a first pause.
    private static readonly string[] Chatty = ["Orleans.Runtime.Silo", "Orleans.Runtime.Watchdog"];

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
        builder.Logging.AddProvider(new TerminalLoggerProvider(context.Terminal, context.Time));
        builder.Services.Configure<LoggerFilterOptions>(options =>
        {
            options.Rules.Clear();
            options.MinLevel = Enum.Parse<LogLevel>(parsed.GetValue(_log)!, ignoreCase: true);
            if (options.MinLevel == LogLevel.Warning)
                foreach (var category in Chatty) options.Rules.Add(new LoggerFilterRule(null, category, LogLevel.Error, null));
        });
        try
        {
            return SiloHost.Create(builder, context.CommandLine, pipelines, ownSignals: true);
        }
        catch (OptionsValidationException error)
        {
            throw new CommandFailedException($"the silo's settings are wrong:\n{string.Join('\n', error.Failures)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"the state directory {state} cannot be used: {error.Message} Name another with --state DIR", error);
        }
    }
}
