namespace Bayou.Grains.Routing;

/// <summary>An object that begins or ends within the text of a <see cref="ShapeStep"/>.</summary>
/// <param name="Node">Number of the object's path.</param>
/// <param name="At">Where in the text: of a beginning the brace, of an end behind it.</param>
/// <param name="IsEnd">Whether it ends there.</param>
internal readonly record struct ShapeMark(int Node, int At, bool IsEnd);
