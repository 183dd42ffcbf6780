using System.Globalization;
using System.Text;

namespace Bayou.Sinks.TestKit;

/// <summary>A row as it was read back from a destination.</summary>
public sealed record StoredRow
{
    /// <summary>The topic of the row's record.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition of the row's record.</summary>
    public required int Partition { get; init; }

    /// <summary>The offset of the row's record.</summary>
    public required long Offset { get; init; }

    /// <summary>The record's timestamp in microseconds since 1970-01-01T00:00:00Z.</summary>
    public required long TimestampMicroseconds { get; init; }

    /// <summary>
    /// The values in the order of the table's columns: string (JSON, too), int, long, float, double, bool, byte[], <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC), the digits
    /// of a decimal as a string with as many digits after the point as its scale says, or null.
    /// </summary>
    public required IReadOnlyList<object?> Values { get; init; }

    /// <summary>The row as one line, by which the kit compares: equal lines are equal rows.</summary>
    public override string ToString()
    {
        var line = new StringBuilder($"{Topic}/{Partition}@{Offset} {TimestampMicroseconds}");
        foreach (var value in Values) line.Append(" | ").Append(Text(value));
        return line.ToString();
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        int number => "i" + number.ToString(CultureInfo.InvariantCulture),
        long number => "l" + number.ToString(CultureInfo.InvariantCulture),
        float number => "f" + (float.IsNaN(number) ? "NaN" : number.ToString("R", CultureInfo.InvariantCulture)),
        double number => "d" + (double.IsNaN(number) ? "NaN" : number.ToString("R", CultureInfo.InvariantCulture)),
        bool flag => flag ? "true" : "false",
        byte[] bytes => bytes.Length > 64 ? $"x{bytes.Length} bytes, {Hash(bytes)}" : "x" + Convert.ToHexStringLower(bytes),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Utc } instant => instant.ToString("O", CultureInfo.InvariantCulture),
        _ => $"{value.GetType().Name}, which is no form that the kit knows: {value}",
    };

    // What cannot be seen in a message is escaped, and what is too long for one is told by its length and hash.
    private static string Quote(string text)
    {
        if (text.Length > 200) return $"\"{text.Length} characters, {Hash(Encoding.Unicode.GetBytes(text))}\"";
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
            if (character is >= ' ' and <= '~' and not ('"' or '\\')) quoted.Append(character);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        return quoted.Append('"').ToString();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16];
}
