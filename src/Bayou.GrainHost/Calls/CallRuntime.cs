using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>One side that makes calls: a silo, or a client. Makes references and sends what is called on them.</summary>
internal abstract class CallRuntime(TimeProvider time, MessagingOptions messaging) : IClusterClient
{
    public TimeProvider Time { get; } = time;

    public MessagingOptions Messaging { get; } = messaging;

    public CallTimeouts Timeouts { get; } = new(time);

    /// <summary>Copies all that crosses a call; null: it passes by reference.</summary>
    public MessageCopier? Copier { get; protected set; }

    public abstract IServiceProvider ServiceProvider { get; }

    /// <summary>Takes a request to its grain.</summary>
    public abstract void Dispatch(Request request);

    public virtual void OnOneWayFault(Request request, Exception exception)
    {
    }

    public GrainReference Reference(GrainInterface grainInterface, GrainId grainId) => grainInterface.Create(this, grainId);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Get<TGrainInterface>(IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => Get<TGrainInterface>(GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => Get<TGrainInterface>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        var grainId = GrainId.Create(GrainManifest.Instance.GrainTypeOf(grainInterfaceType, null), grainPrimaryKey);
        return (IGrain)(object)Reference(GrainInterface.Of(grainInterfaceType), grainId);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)(object)Reference(GrainInterfaceOf<TGrainInterface>.Value, grainId);

    private TGrainInterface Get<TGrainInterface>(IdSpan key, string? prefix)
    {
        var grainType = prefix is null
            ? GrainTypeFor<TGrainInterface>.Value
            : GrainManifest.Instance.GrainTypeOf(typeof(TGrainInterface), prefix);
        return (TGrainInterface)(object)Reference(GrainInterfaceOf<TGrainInterface>.Value, new GrainId(grainType, key));
    }
}
