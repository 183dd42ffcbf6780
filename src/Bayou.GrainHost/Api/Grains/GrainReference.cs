using Bayou.GrainHost;

namespace Orleans.Runtime;

/// <summary>A reference to a grain. References of the same grain are equal, whatever interface they have.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainInterface _interface;
    private readonly CallRuntime _runtime;

    internal GrainReference(CallRuntime runtime, GrainInterface grainInterface, GrainId grainId)
    {
        _runtime = runtime;
        _interface = grainInterface;
        GrainId = grainId;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainId { get; }

    /// <summary>The interface's name on the wire.</summary>
    public GrainInterfaceType InterfaceType => _interface.WireType;

    /// <summary>The interface's name.</summary>
    public virtual string InterfaceName => _interface.Type.Name;

    internal GrainInterface Interface => _interface;

    internal CallRuntime Runtime => _runtime;

    /// <summary>A reference to the same grain as another interface.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)CastTo(typeof(TGrainInterface));

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>The grain and the interface, for logs.</summary>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    /// <summary>Whether both refer to the same grain.</summary>
    /// <param name="reference1">One.</param>
    /// <param name="reference2">The other.</param>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Whether they refer to different grains.</summary>
    /// <param name="reference1">One.</param>
    /// <param name="reference2">The other.</param>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    internal object CastTo(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _runtime.Reference(GrainInterface.Of(interfaceType), GrainId);

    // What the generated proxies call.
    internal Task<T> CallAsync<T>(int method, object?[] arguments)
    {
        var request = new Request<T>(_runtime, (GrainMethod<T>)_interface.Methods[method], GrainId, arguments);
        request.Send();

        // Nobody answers a one-way call; it is done when it is on its way.
        return request.Method.OneWay ? Task.FromResult<T>(default!) : request.Task;
    }

    internal Task CallTask(int method, object?[] arguments) => CallAsync<NoResult>(method, arguments);

    internal ValueTask CallValueTask(int method, object?[] arguments) => new(CallAsync<NoResult>(method, arguments));

    internal ValueTask<T> CallValueTaskOf<T>(int method, object?[] arguments) => new(CallAsync<T>(method, arguments));

    internal void CallOneWay(int method, object?[] arguments) => _ = CallAsync<NoResult>(method, arguments);
}
