using System.CommandLine;
using System.CommandLine.Help;

namespace Bayou.Console;

/// <summary>Collects commands with their examples and runs a command line: the one place where errors become messages and exit codes.</summary>
public sealed class CommandTree
{
    private readonly Dictionary<Command, string[]> _examples = [];
    private readonly Terminal _terminal;
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Print the stack of an unexpected error.", Recursive = true };

    /// <summary>An empty tree.</summary>
    public CommandTree(string description, Terminal terminal)
    {
        _terminal = terminal;
        Root = new RootCommand(description);
        Root.Options.Add(_verbose);
        var help = Root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelpAction((HelpAction)help.Action!, _examples);
    }

    /// <summary>The root.</summary>
    public RootCommand Root { get; }

    /// <summary>Adds a command under <paramref name="parent"/>, or at the top.</summary>
    public Command Add(Command command, string[] examples, Command? parent = null)
    {
        (parent ?? Root).Subcommands.Add(command);
        _examples[command] = examples;
        return command;
    }

    /// <summary>Adds examples to the help of the root.</summary>
    public void AddRootExamples(params string[] examples) => _examples[Root] = examples;

    /// <summary>Runs a command line and returns its exit code. Never throws.</summary>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var parsed = Root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not ExampleHelpAction)
            return Misused(parsed, Mistakes(parsed));

        // Signals are the caller's: the command ends by the token.
        var configuration = new InvocationConfiguration
        {
            Output = _terminal.Out, Error = _terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (UsageException error)
        {
            return Misused(parsed, [error.Message]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
        catch (Exception error)
        {
            return Failed(error, parsed.GetValue(_verbose));
        }
    }

    private IEnumerable<string> Mistakes(ParseResult parsed) =>
        parsed.CommandResult.Command == Root && parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-')) is { } name
            ? [$"there is no command '{Terminal.Safe(name)}'"]
            : parsed.Errors.Select(error => Terminal.Safe(error.Message));

    private int Misused(ParseResult parsed, IEnumerable<string> messages)
    {
        foreach (var message in messages)
            _terminal.Error.WriteLine($"bayou: {message}");

        var path = string.Join(' ', Names(parsed.CommandResult.Command));
        _terminal.Error.WriteLine($"Type 'bayou {path}{(path.Length > 0 ? " " : "")}--help' for how it is used.");
        return ExitCode.Misused;
    }

    private int Failed(Exception error, bool verbose)
    {
        var expected = error is CommandFailedException or Pipelines.PipelineException or Silos.StateDirectoryInUseException or Sources.SourceException or Sinks.SinkException;
        _terminal.Error.WriteLine(expected ? $"bayou: {error.Message}" : $"bayou: unexpected {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}{(verbose ? "" : " (--verbose shows where)")}");
        if (verbose)
            _terminal.Error.WriteLine(error);
        return ExitCode.Failed;
    }

    private static IEnumerable<string> Names(Command command) =>
        command is RootCommand ? [] : command.Parents.OfType<Command>().Take(1).SelectMany(Names).Append(command.Name);
}
