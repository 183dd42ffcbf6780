using Bayou.Console;
using Bayou.Verification;

namespace Bayou.Cli.Commands;

/// <summary>One line on standard error that says how far a verification has come; nothing where there is no terminal.</summary>
internal sealed class VerifyProgress(Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private long _shown;

    public void Show(VerificationProgress progress)
    {
        if (!terminal.IsLive) return;
        lock (_gate)
        {
            if (_shown != 0 && time.GetElapsedTime(_shown) < Every) return;
            _shown = time.GetTimestamp();
            var count = progress.Total == 0 ? "" : $": {progress.Records:#,##0} of {progress.Total:#,##0} records";
            terminal.Error.Write($"\r\e[Kreading {progress.Step}{count}");
        }
    }

    public void Clear()
    {
        if (terminal.IsLive && _shown != 0) terminal.Error.Write("\r\e[K");
    }
}
