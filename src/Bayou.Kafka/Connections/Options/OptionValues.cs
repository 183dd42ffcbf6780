using System.Globalization;
using Bayou.Definitions;

namespace Bayou.Kafka.Connections.Options;

/// <summary>Takes options by name and kind, collects what is wrong with them, and remembers which names were asked for. Never shows a secret.</summary>
internal sealed class OptionValues(IReadOnlyDictionary<string, string> options)
{
    private readonly HashSet<string> _known = [];
    private readonly List<string> _mistakes = [];

    /// <summary>The names that were asked for so far.</summary>
    public IReadOnlySet<string> Known => _known;

    /// <summary>The mistakes so far, as sentences.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>Adds a mistake.</summary>
    public void Mistake(string sentence) => _mistakes.Add(sentence);

    /// <summary>True when the option is set, by any of its names, and not to nothing.</summary>
    public bool IsSet(params string[] names) => Text(names) is not null;

    /// <summary>A text; null when it is missing or empty.</summary>
    public string? Text(params string[] names)
    {
        string? first = null;
        foreach (var name in names)
        {
            _known.Add(name);
            if (!options.TryGetValue(name, out var value) || value.Length == 0) continue;
            if (first is null) first = name;
            else if (options[first] != value) Once($"Options '{first}' and '{name}' are two names of the same, but differ. Remove one.");
        }

        return first is null ? null : options[first];
    }

    /// <summary>A whole number within a range.</summary>
    public long Number(long otherwise, long min, long max, params string[] names)
    {
        if (Text(names) is not { } text) return otherwise;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Wrong(names, text, $"a whole number from {min} to {max}");
        return otherwise;
    }

    /// <summary>A whole number within a range, as milliseconds.</summary>
    public TimeSpan Milliseconds(TimeSpan otherwise, long min, long max, params string[] names) =>
        TimeSpan.FromMilliseconds(Number((long)otherwise.TotalMilliseconds, min, max, names));

    /// <summary>True or false.</summary>
    public bool Flag(bool otherwise, params string[] names) =>
        Choice(otherwise, names, ("true", true), ("false", false), ("1", true), ("0", false), ("t", true), ("f", false));

    /// <summary>One of several words, in any case.</summary>
    public T Choice<T>(T otherwise, string[] names, params (string Word, T Meaning)[] choices)
    {
        if (Text(names) is not { } text) return otherwise;
        foreach (var (word, meaning) in choices)
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return meaning;
        Wrong(names, text, string.Join(", ", choices.Where(one => one.Word.Length > 1).Select(one => $"'{one.Word}'")));
        return otherwise;
    }

    private void Wrong(string[] names, string value, string allowed)
    {
        var name = names.First(options.ContainsKey);
        Once($"Option '{name}' is '{OutsideText.Shown(Redaction.Redact(name, value))}', but must be {(allowed.StartsWith('\'') ? "one of " : "")}{allowed}.");
    }

    private void Once(string mistake)
    {
        if (!_mistakes.Contains(mistake)) _mistakes.Add(mistake);
    }
}
