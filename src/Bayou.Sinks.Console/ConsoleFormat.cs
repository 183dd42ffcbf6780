namespace Bayou.Sinks.Console;

/// <summary>How rows are printed.</summary>
public enum ConsoleFormat
{
    /// <summary>For people: table, place and values on one line.</summary>
    Pretty,

    /// <summary>For programs: a JSON object a line, <c>{"table":...,"row":{...}}</c>.</summary>
    Json,
}
