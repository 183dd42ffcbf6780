using System.Text;

namespace Bayou.PipelineFile.Values;

/// <summary>Paths into an event as the file spells them: names with dots between; <c>\.</c> is a dot in a name and <c>\\</c> a backslash.</summary>
internal static class FieldPathText
{
    /// <summary>Most levels of a path.</summary>
    public const int MaxLevels = 32;

    /// <summary>One name a level; otherwise null and what is wrong with <paramref name="shown"/>.</summary>
    public static string[]? Parse(string text, string shown, out string error)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        error = "";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '.' or '\\') name.Append(text[++i]);
            else if (text[i] == '\\') error = $"{shown} has a backslash that escapes nothing; allowed: \\. for a dot in a name and \\\\ for a backslash";
            else if (text[i] == '.') EndName();
            else name.Append(text[i]);
        }
        EndName();
        if (error.Length == 0) error = Check(names, shown);
        return error.Length == 0 ? [.. names] : null;

        void EndName()
        {
            names.Add(name.ToString());
            name.Clear();
        }
    }

    /// <summary>What is wrong with a path of these names; empty when nothing is.</summary>
    public static string Check(IReadOnlyList<string> names, string shown) =>
        names.Count == 0 || names.Any(n => n.Length == 0) ? $"{shown} has an empty name in it; a path is one name, or several with dots between, such as payload.note"
        : names.Count > MaxLevels ? $"{shown} has {names.Count} levels; at most {MaxLevels} are allowed"
        : "";
}
