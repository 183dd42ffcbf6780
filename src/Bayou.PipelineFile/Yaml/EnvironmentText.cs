using System.Text;

namespace Bayou.PipelineFile.Yaml;

/// <summary>Puts environment variables into text: <c>${NAME}</c> becomes the variable's value and <c>$$</c> a dollar sign.</summary>
internal static class EnvironmentText
{
    /// <summary>The expanded text, or null and what is wrong. What a variable holds is taken as it is, dollar signs too.</summary>
    public static string? Expand(string raw, Func<string, string?> environment, List<string> errors)
    {
        if (!raw.Contains('$')) return raw;
        var text = new StringBuilder(raw.Length);
        var before = errors.Count;
        for (var i = 0; i < raw.Length; i++)
        {
            var next = i + 1 < raw.Length ? raw[i + 1] : '\0';
            if (raw[i] != '$' || next is not ('$' or '{'))
            {
                text.Append(raw[i]);
                continue;
            }
            if (next == '$')
            {
                text.Append('$');
                i++;
                continue;
            }
            var end = raw.IndexOf('}', i);
            if (end < 0)
            {
                errors.Add("'${' has no closing '}'; write ${NAME} for an environment variable, or $$ for a dollar sign");
                return null;
            }
            var name = raw[(i + 2)..end];
            if (!IsName(name))
                errors.Add("what stands in ${...} is not the name of an environment variable; allowed: letters, digits and _, not starting with a digit; write $$ for a dollar sign");
            else if (environment(name) is { } value)
                text.Append(value);
            else
                errors.Add($"environment variable {name} is not set; set it, or write $${{{name}}} for the text itself");
            i = end;
        }
        return errors.Count == before ? text.ToString() : null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 256 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
