using System.Runtime.InteropServices;

namespace Bayou.Cli;

/// <summary>
/// The first SIGINT or SIGTERM asks the command to end; a later one ends the process at once. Those within half a second are one: supervisors send
/// a signal to the process and to its group.
/// </summary>
internal sealed class Signals : IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _first;

    public Signals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, 130)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, 143)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stopping.Dispose();
    }

    private void Receive(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        var now = TimeProvider.System.GetTimestamp();
        var first = Interlocked.CompareExchange(ref _first, now, 0);
        if (first == 0)
            _stopping.Cancel();
        else if (TimeProvider.System.GetElapsedTime(first, now) > Together)
            Environment.Exit(exitCode);
    }
}
