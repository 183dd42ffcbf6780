namespace Orleans.Runtime;

/// <summary>The activation whose turn the current thread runs.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? s_current;

    /// <summary>The activation; null outside any turn.</summary>
    public static IGrainContext? Current => s_current;

    internal static IGrainContext Require() => s_current
        ?? throw new InvalidOperationException("There is no activation here: grains are made by the host, through a grain reference.");

    internal static IGrainContext? Swap(IGrainContext? context)
    {
        var before = s_current;
        s_current = context;
        return before;
    }
}
