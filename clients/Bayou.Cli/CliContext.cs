using Bayou.Console;
using Bayou.Console.Connections;

namespace Bayou.Cli;

/// <summary>What the commands work with. Tests replace its parts.</summary>
internal sealed record CliContext
{
    /// <summary>Where commands write.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Connects to running silos.</summary>
    public required ISiloConnector Silos { get; init; }

    /// <summary>Reads pipeline files.</summary>
    public required IPipelineLoader Pipelines { get; init; }

    /// <summary>The sources and sinks of this build.</summary>
    public Connectors Connectors { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder of the sources, for <c>test</c>; null when the program was not started by <c>./bayou</c>.</summary>
    public string? Home { get; init; }

    /// <summary>The <c>dotnet</c> to run tests with.</summary>
    public string Dotnet { get; init; } = "dotnet";

    /// <summary>The command line as it was typed, without the program's name.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>The command for people: what <c>silo.json</c> shows.</summary>
    public string CommandLine => "bayou " + string.Join(' ', Arguments.Select(Redact));

    // An option of the form name=value can carry a secret, such as sasl.password=...
    private static string Redact(string argument)
    {
        var equals = argument.IndexOf('=');
        return equals < 0 ? argument : argument[..(equals + 1)] + Definitions.Redaction.Redact(argument[..equals], argument[(equals + 1)..]);
    }
}
