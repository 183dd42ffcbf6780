using System.Runtime.CompilerServices;

namespace Bayou.GrainHost;

/// <summary>Makes new values of a state's type.</summary>
internal static class StateOf<TState>
{
    private static readonly bool s_hasConstructor = typeof(TState).GetConstructor(
        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, Type.EmptyTypes) is not null;

    public static TState New()
    {
        if (typeof(TState).IsValueType) return default!;
        if (typeof(TState) == typeof(string)) return default!;
        return s_hasConstructor
            ? (TState)Activator.CreateInstance(typeof(TState), true)!
            : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
    }
}
