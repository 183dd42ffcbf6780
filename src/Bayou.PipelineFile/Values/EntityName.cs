namespace Bayou.PipelineFile.Values;

/// <summary>The rule for names of pipelines and tables.</summary>
internal static class EntityName
{
    /// <summary>The rule as a regular expression.</summary>
    public const string Pattern = "^[A-Za-z0-9-][A-Za-z0-9._-]{0,127}$";

    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "1 to 128 letters (A to Z), digits, '-', '_' and '.', not starting with '_' or '.'";

    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 128 && name[0] is not ('_' or '.') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
