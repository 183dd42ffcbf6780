namespace Bayou.GrainHost;

/// <summary>The grain interface <typeparamref name="T"/>, found without a look-up.</summary>
internal static class GrainInterfaceOf<T>
{
    public static readonly GrainInterface Value = GrainInterface.Of(typeof(T));
}
