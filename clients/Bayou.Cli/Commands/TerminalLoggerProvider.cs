using Bayou.Console;
using Microsoft.Extensions.Logging;

namespace Bayou.Cli.Commands;

/// <summary>Log lines for people, through the terminal, so that they do not tear what is drawn there.</summary>
internal sealed class TerminalLoggerProvider(Terminal terminal, TimeProvider time) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new TerminalLogger(terminal, time, categoryName);

    /// <inheritdoc/>
    public void Dispose() { }

    private sealed class TerminalLogger(Terminal terminal, TimeProvider time, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var trace = exception is null ? "" : Environment.NewLine + string.Join(Environment.NewLine, exception.ToString().ReplaceLineEndings("\n").Split('\n').Select(Terminal.Safe));
            terminal.Note($"{time.GetLocalNow():HH:mm:ss} {logLevel.ToString().ToLowerInvariant()} {category}: {Terminal.Safe(formatter(state, exception))}{trace}");
        }
    }
}
