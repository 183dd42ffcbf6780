namespace Bayou.Grains.Routing;

/// <summary>One property name at one place of the <see cref="PathTree"/>.</summary>
internal readonly struct PathNode
{
    /// <summary>The property's name.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The name and the quote that ends it.</summary>
    public required byte[] QuotedName { get; init; }

    /// <summary>Numbers of the nodes below, by name; null when none is asked for.</summary>
    public required Utf8Lookup? Children { get; init; }

    /// <summary>The highest number among the node and everything below it.</summary>
    public required int LastDescendant { get; init; }
}
