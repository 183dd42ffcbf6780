using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of grains and references.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the grain, as the given interface.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="grain">A grain, or a reference to one.</param>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    /// <summary>A reference to the grain, as the given interface.</summary>
    /// <param name="grain">A grain, or a reference to one.</param>
    /// <param name="interfaceType">The interface.</param>
    public static object AsReference(this IAddressable grain, Type interfaceType) => ReferenceOf(grain).CastTo(interfaceType);

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>The grain's identity.</summary>
    /// <param name="grain">A grain, or a reference to one.</param>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext.GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The key of a grain that is identified by text.</summary>
    /// <param name="grain">A grain, or a reference to one.</param>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>The key of a grain that is identified by a GUID.</summary>
    /// <param name="grain">A grain, or a reference to one.</param>
    public static Guid GetPrimaryKey(this IAddressable grain) => grain.GetGrainId().GetGuidKey();

    /// <summary>The key of a grain that is identified by an integer.</summary>
    /// <param name="grain">A grain, or a reference to one.</param>
    public static long GetPrimaryKeyLong(this IAddressable grain) => grain.GetGrainId().GetIntegerKey();

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase instance => instance.GrainContext.GrainReference,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
