using System.Diagnostics;
using System.Text.Json;

namespace Bayou.Benchmarks.Measuring;

/// <summary>
/// This program in another process, which is told and answers in lines of JSON. Killed when disposed, if it still runs. The first lines of its standard error go to ours, so
/// that a run that was disturbed shows; how many more there were is told at the end.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int ShownLines = 6;

    private readonly string _verb;
    private readonly Process _process;

    private int _errorLines;

    private ChildProcess(string verb, Process process)
    {
        (_verb, _process) = (verb, process);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null && Interlocked.Increment(ref _errorLines) <= ShownLines) Console.Error.WriteLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it.</summary>
    /// <param name="verb">What it is to do.</param>
    /// <param name="environment">Environment variables for it alone.</param>
    public static ChildProcess Start(string verb, IReadOnlyDictionary<string, string>? environment = null)
    {
        var command = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") command.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        command.ArgumentList.Add(verb);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) command.Environment[name] = value;
        return new ChildProcess(verb, Process.Start(command)!);
    }

    /// <summary>Sends a job, which takes one line.</summary>
    public Task SendAsync<T>(T job) => SendLineAsync(JsonSerializer.Serialize(job));

    /// <summary>Sends a line.</summary>
    public async Task SendLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next answer.</summary>
    /// <exception cref="InvalidOperationException">It ended without one; it has told the reason on standard error.</exception>
    public async Task<T> ReadAsync<T>(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        if (line is not null) return JsonSerializer.Deserialize<T>(line)!;
        await _process.WaitForExitAsync(cancellationToken);
        throw new InvalidOperationException($"The run of {_verb} ended with exit code {_process.ExitCode}; nothing is compared.");
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task ExitAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0) throw new InvalidOperationException($"The run of {_verb} ended with exit code {_process.ExitCode}; nothing is compared.");
    }

    /// <summary>Starts it, sends a job, and returns its answer when it has ended.</summary>
    public static async Task<TAnswer> RunAsync<TJob, TAnswer>(string verb, TJob job, CancellationToken cancellationToken)
    {
        using var child = Start(verb);
        await child.SendAsync(job);
        var answer = await child.ReadAsync<TAnswer>(cancellationToken);
        await child.ExitAsync(cancellationToken);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        if (_errorLines > ShownLines) Console.Error.WriteLine($"({_verb} wrote {_errorLines - ShownLines} lines more)");
        _process.Dispose();
    }
}
