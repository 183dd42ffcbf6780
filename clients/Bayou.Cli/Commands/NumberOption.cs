using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Bayou.Cli.Commands;

/// <summary>Options that take a number within bounds.</summary>
internal static class NumberOption
{
    /// <summary>An option whose value is <paramref name="least"/> to <paramref name="most"/>; without it, <paramref name="byDefault"/>, which need not be.</summary>
    public static Option<T> Create<T>(string name, T byDefault, T least, T most, string description)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Parse(result, name, least, most),
        };

    private static T Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var text = result.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;

        // A text that is no such number, NaN among them, is answered as one that is out of bounds.
        result.AddError($"{name} is {text}; it must be {(most == T.MaxValue ? $"a number from {least}" : $"{least} to {most}")}.");
        return default;
    }
}
