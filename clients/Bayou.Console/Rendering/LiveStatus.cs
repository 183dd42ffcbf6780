using Bayou.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bayou.Console.Rendering;

/// <summary>Shows a status that changes: redrawn in place on a terminal, else a plain line per pipeline every few seconds.</summary>
public abstract class LiveStatus : IAsyncDisposable
{
    /// <summary>Shows what is so now.</summary>
    public abstract void Show(IReadOnlyList<PipelineStatus> statuses);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>The way that suits the terminal.</summary>
    public static LiveStatus Create(Terminal terminal) => terminal.IsLive ? new Drawn(terminal) : new Lines(terminal);

    private sealed class Drawn : LiveStatus
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _drawing;
        private LiveDisplayContext? _context;

        public Drawn(Terminal terminal) => _drawing = terminal.Ansi.Live(new Text("")).StartAsync(async context =>
        {
            _context = context;
            await _end.Task;
        });

        public override void Show(IReadOnlyList<PipelineStatus> statuses)
        {
            IRenderable table = StatusTable.Create(statuses);
            _context?.UpdateTarget(table);
        }

        public override async ValueTask DisposeAsync()
        {
            _end.TrySetResult();
            await _drawing;
        }
    }

    private sealed class Lines(Terminal terminal) : LiveStatus
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
        private DateTimeOffset _shown = DateTimeOffset.MinValue;

        public override void Show(IReadOnlyList<PipelineStatus> statuses)
        {
            if (statuses.Count == 0 || statuses[0].Time - _shown < Interval)
                return;

            _shown = statuses[0].Time;
            foreach (var status in statuses)
                terminal.Out.WriteLine($"{status.Time.UtcDateTime:HH:mm:ss} {StatusText.Summary(status)}");
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
