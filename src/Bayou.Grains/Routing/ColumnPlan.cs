using System.Text;
using Bayou.Definitions;

namespace Bayou.Grains.Routing;

/// <summary>One column of a target, ready to be filled. Immutable.</summary>
internal sealed class ColumnPlan(ColumnDefinition definition, int node)
{
    /// <summary>Number of the value's path in the <see cref="PathTree"/>.</summary>
    public readonly int Node = node;

    /// <summary>The kind of value.</summary>
    public readonly ColumnKind Kind = definition.Type.Kind;

    /// <summary>True when a row needs a value here.</summary>
    public readonly bool Required = definition.Required;

    /// <summary>Digits of a decimal.</summary>
    public readonly int Precision = definition.Type.Precision;

    /// <summary>Digits of a decimal after the point.</summary>
    public readonly int Scale = definition.Type.Scale;

    /// <summary>The column's name in UTF-8.</summary>
    public readonly byte[] Name = Encoding.UTF8.GetBytes(definition.Name);

    /// <summary>The column's type in UTF-8, as the pipeline file spells it.</summary>
    public readonly byte[] TypeName = Encoding.UTF8.GetBytes(definition.Type.ToString());
}
