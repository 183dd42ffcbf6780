using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The grain type that implements <typeparamref name="T"/>, found without a look-up.</summary>
internal static class GrainTypeFor<T>
{
    private static GrainType s_value;

    public static GrainType Value
    {
        get
        {
            if (s_value.IsDefault) s_value = GrainManifest.Instance.GrainTypeOf(typeof(T), null);
            return s_value;
        }
    }
}
