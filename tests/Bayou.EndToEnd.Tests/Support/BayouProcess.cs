using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>A process of <c>bayou</c>, with what it writes. Killed when disposed.</summary>
internal sealed partial class BayouProcess : IAsyncDisposable
{
    private const int SigTerm = 15, SigCont = 18, SigStop = 19;

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private long _peakBytes;

    private BayouProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it wrote to standard output so far.</summary>
    public string Out => Text(_out);

    /// <summary>What it wrote to standard error so far.</summary>
    public string Error => Text(_error);

    /// <summary>Most physical memory that it has had (VmHWM), in bytes; after its end, as of the last look before. 0 where the system does not tell.</summary>
    public long PeakBytes
    {
        get
        {
            try
            {
                var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null) _peakBytes = long.Parse(line["VmHWM:".Length..^"kB".Length]) * 1024;
            }
            catch (IOException)
            {
            }

            return _peakBytes;
        }
    }

    public static BayouProcess Start(string folder, params string[] arguments) => StartWith(null, folder, arguments);

    public static BayouProcess StartWith((string Name, string Value)? environment, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "bayou.dll"), .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (environment is { } variable) start.Environment[variable.Name] = variable.Value;
        var running = new BayouProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => Append(running._out, line.Data);
        running._process.ErrorDataReceived += (_, line) => Append(running._error, line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Asks it to end, as a supervisor does.</summary>
    public void Terminate() => Assert.Equal(0, Signal(_process.Id, SigTerm));

    /// <summary>Holds it where it is, as a machine that stalls would (SIGSTOP); its locks and connections stay.</summary>
    public void Freeze() => Assert.Equal(0, Signal(_process.Id, SigStop));

    /// <summary>Lets it go on, unaware of the time that has passed.</summary>
    public void Thaw() => Assert.Equal(0, Signal(_process.Id, SigCont));

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _ = PeakBytes;
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Deadline.Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"bayou {string.Join(' ', _process.StartInfo.ArgumentList.Skip(1))} did not end within {Deadline.Limit.TotalSeconds:0} s. It wrote: {Out}{Error}");
        }
    }

    /// <summary>Ends it when it still runs; what it wrote can still be read.</summary>
    public async Task EndAsync()
    {
        if (!_process.HasExited) await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
