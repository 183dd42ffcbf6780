using Bayou.Definitions;

namespace Bayou.Sinks.Memory;

/// <summary>A condition on one column; without a literal, whether it is null.</summary>
internal sealed record Condition(ColumnDefinition Column, string Operator, FilterLiteral? Literal);
