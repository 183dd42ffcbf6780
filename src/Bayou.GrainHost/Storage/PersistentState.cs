using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.GrainHost;

/// <summary>
/// A state of an activation. Operations run one after the other; writes that have not begun are one write. Used from
/// turns of the activation only.
/// </summary>
internal sealed class PersistentState<TState>(string name, Activation activation, IGrainStorage storage)
    : IPersistentState<TState>, ILifecycleObserver
{
    private readonly GrainState<TState> _state = new(StateOf<TState>.New());
    private Operation? _last;
    private bool _loaded;

    private enum Kind
    {
        Read,
        Write,
        Clear,
    }

    public TState State
    {
        get
        {
            CheckTurn();
            return _state.State!;
        }

        set
        {
            CheckTurn();
            _state.State = value;
        }
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _loaded ? _state.RecordExists : throw new InvalidOperationException($"State \"{name}\" has not been read yet.");

    public Task OnStart(CancellationToken cancellationToken = default) =>
        _loaded || cancellationToken.IsCancellationRequested ? Task.CompletedTask : ReadStateAsync();

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task ReadStateAsync() => Queue(Kind.Read);

    public Task WriteStateAsync() => Queue(Kind.Write);

    public Task ClearStateAsync() => Queue(Kind.Clear);

    private Task Queue(Kind kind)
    {
        CheckTurn();
        if (_last is { Started: false } waiting && waiting.Kind == kind && kind != Kind.Read) return waiting.Completion;
        var operation = new Operation(kind);
        var before = _last;
        _last = operation;
        operation.Completion = RunAsync(operation, before);
        return operation.Completion;
    }

    private async Task RunAsync(Operation operation, Operation? before)
    {
        // Not in the turn that asked: a caller that changes the state further in this turn has one write for it all.
        await Task.Yield();
        try
        {
            if (before is not null) await before.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            operation.Started = true;
            await StoreAsync(operation.Kind);
        }
        finally
        {
            if (_last == operation) _last = null;
        }
    }

    private async Task StoreAsync(Kind kind)
    {
        try
        {
            switch (kind)
            {
                case Kind.Read:
                    await storage.ReadStateAsync(name, activation.GrainId, _state);
                    _loaded = true;
                    break;
                case Kind.Write:
                    await storage.WriteStateAsync(name, activation.GrainId, _state);
                    break;
                default:
                    await storage.ClearStateAsync(name, activation.GrainId, _state);
                    break;
            }
        }
        catch (Exception exception)
        {
            activation.Silo.Logger.LogError(exception, "{Operation} of state {State} of {Grain} failed.", kind, name, activation.GrainId);
            if (exception is OrleansException) ExceptionDispatchInfo.Throw(exception);
            throw new OrleansException(
                $"{storage.GetType().Name} failed to {Verb(kind)} state \"{name}\" of {activation.GrainId}: {exception.Message}", exception);
        }
    }

    private static string Verb(Kind kind) => kind switch { Kind.Read => "read", Kind.Write => "write", _ => "clear" };

    private void CheckTurn()
    {
        if (!ReferenceEquals(RuntimeContext.Current, activation))
            throw new InvalidOperationException($"State \"{name}\" of {activation.GrainId} is used on turns of its activation, not from another thread.");
    }

    private sealed class Operation(Kind kind)
    {
        public Kind Kind => kind;

        public bool Started { get; set; }

        public Task Completion { get; set; } = Task.CompletedTask;
    }
}
