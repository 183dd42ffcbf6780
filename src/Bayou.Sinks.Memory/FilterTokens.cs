namespace Bayou.Sinks.Memory;

/// <summary>The words of a condition: names, numbers, operators, and text in single quotes, which keeps its first quote.</summary>
internal sealed class FilterTokens
{
    private static readonly string[] Operators = ["<=", ">=", "!=", "=", "<", ">"];

    private readonly List<string> _tokens = [];
    private int _at;

    /// <summary>The words of <paramref name="text"/>.</summary>
    /// <exception cref="FormatException">Text in quotes does not end.</exception>
    public FilterTokens(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i])) i++;
            else if (text[i] == '\'') _tokens.Add(Quoted(text, ref i));
            else if (Array.Find(Operators, each => string.CompareOrdinal(text, i, each, 0, each.Length) == 0) is { } found)
            {
                _tokens.Add(found);
                i += found.Length;
            }
            else
            {
                var start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !"'<>=!".Contains(text[i])) i++;
                if (i == start) throw new FormatException($"'{text[i]}' stands alone; operators are {string.Join(" ", Operators)}.");
                _tokens.Add(text[start..i]);
            }
        }
    }

    /// <summary>The next word.</summary>
    public string Next(string wanted) => _at < _tokens.Count ? _tokens[_at++] : throw new FormatException($"The condition ends where {wanted} is wanted.");

    /// <summary>Takes the next word if it is this one, in whatever case.</summary>
    public bool TryTake(string word)
    {
        if (_at == _tokens.Count || !_tokens[_at].Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _at++;
        return true;
    }

    /// <summary>The next word, which is an operator.</summary>
    public string Operator()
    {
        var word = Next("an operator");
        return Operators.Contains(word) ? word : throw new FormatException($"'{word}' is no operator; operators are {string.Join(" ", Operators)}, is null and is not null.");
    }

    /// <summary>Checks that nothing is left.</summary>
    public void End()
    {
        if (_at < _tokens.Count) throw new FormatException($"'{_tokens[_at]}' is too much; conditions are joined by and.");
    }

    private static string Quoted(string text, ref int i)
    {
        var start = i++;
        var value = new System.Text.StringBuilder("'");
        for (; i < text.Length; i++)
        {
            if (text[i] != '\'') value.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '\'') value.Append(text[i++]);
            else
            {
                i++;
                return value.ToString();
            }
        }

        throw new FormatException($"The text that begins with {text[start..Math.Min(text.Length, start + 20)]} has no quote at its end.");
    }
}
