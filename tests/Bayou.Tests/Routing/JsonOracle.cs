using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using static Bayou.Tests.Routing.RoutingSamples;

namespace Bayou.Tests.Routing;

/// <summary>
/// What System.Text.Json makes of an event, in the form in which the tests read rows back. One table for each kind and place of a value, so
/// that each is judged alone.
/// </summary>
internal static class JsonOracle
{
    private static readonly ColumnType[] Types =
    [
        new(ColumnKind.String), new(ColumnKind.Long), new(ColumnKind.Double), new(ColumnKind.Float), new(ColumnKind.Decimal, 28, 10), new(ColumnKind.Bool),
        new(ColumnKind.Json), new(ColumnKind.Binary),
    ];

    private static readonly string[] Places = ["a", "b", "long name of a field", "o.a", "o.o.b", "o"];

    public static readonly RoutingPlan Plan = RoutingSamples.Plan(
        "t",
        "unmatched",
        [.. from type in Types from place in Places select Table($"{place}-{type}".Replace(' ', '_'), ["x"], Column("c", type, path: place)),
            Table("unmatched", [], Column("t", ColumnKind.Json))]);

    /// <summary>Null when it is no readable object; otherwise for each target its row, <c>bad</c>, or null for neither.</summary>
    public static string?[]? Expect(byte[] value)
    {
        if (!Utf8.IsValid(value)) return null;
        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Expect(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string?[] Expect(JsonElement root)
    {
        var expected = new string?[Plan.Targets.Count];
        var discriminator = Find(root, ["t"]);
        if (discriminator is { ValueKind: JsonValueKind.String } && Text(discriminator.Value) == "x")
        {
            for (var i = 0; i < expected.Length - 2; i++)
            {
                var column = Plan.Targets[i].Columns[0];
                expected[i] = Expect(Find(root, column.Path), column.Type);
            }
        }
        else
        {
            expected[^2] = Expect(discriminator, new(ColumnKind.Json));
        }

        return expected;
    }

    private static JsonElement? Find(JsonElement at, string[] path)
    {
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object) return null;
            var found = at.EnumerateObject().Where(property => Name(property) == name).Select(property => (JsonElement?)property.Value).LastOrDefault();
            if (found is null) return null;
            at = found.Value;
        }

        return at;
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Expect(JsonElement? found, ColumnType type)
    {
        if (found is not { ValueKind: not JsonValueKind.Null } value) return "null";
        if (type.Kind == ColumnKind.Json) return value.GetRawText();
        return value.ValueKind switch
        {
            JsonValueKind.String when type.Kind == ColumnKind.String => Text(value) ?? "bad",
            JsonValueKind.String when type.Kind == ColumnKind.Binary => Text(value) is { } text ? Bytes(text) : "bad",
            JsonValueKind.True or JsonValueKind.False when type.Kind == ColumnKind.Bool => value.GetRawText(),
            JsonValueKind.Number => Number(value, type),
            _ => "bad",
        };
    }

    private static string Number(JsonElement value, ColumnType type)
    {
        switch (type.Kind)
        {
            case ColumnKind.Double:
                // Not GetDouble, which rounds 10589588620514185.000 (halfway between two numbers, zeros behind the point) up instead of to even.
                var wide = double.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
                return double.IsFinite(wide) ? wide.ToString("R", CultureInfo.InvariantCulture) : "bad";
            case ColumnKind.Float:
                var narrow = float.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
                return float.IsFinite(narrow) ? narrow.ToString("R", CultureInfo.InvariantCulture) : "bad";
            case ColumnKind.Long or ColumnKind.Decimal:
                var (digits, exponent) = Exact(value.GetRawText());
                exponent += type.Scale;
                if (digits == 0) return "0";
                for (; digits % 10 == 0; exponent++) digits /= 10;
                if (exponent is < 0 or > 50) return "bad";
                digits *= System.Numerics.BigInteger.Pow(10, exponent);
                var limit = type.Kind == ColumnKind.Long ? long.MaxValue : System.Numerics.BigInteger.Pow(10, type.Precision) - 1;
                return digits <= limit && digits >= (type.Kind == ColumnKind.Long ? long.MinValue : -limit) ? digits.ToString(CultureInfo.InvariantCulture) : "bad";
            default:
                return "bad";
        }
    }

    private static (System.Numerics.BigInteger Digits, int Exponent) Exact(string text)
    {
        var parts = text.ToLowerInvariant().Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = System.Numerics.BigInteger.Parse(parts[0].Replace(".", ""), CultureInfo.InvariantCulture);
        var exponent = parts.Length > 1 ? (int)double.Clamp(double.Parse(parts[1], CultureInfo.InvariantCulture), -1e6, 1e6) : 0;
        return (digits, exponent - (point < 0 ? 0 : parts[0].Length - point - 1));
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Bytes(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            if (Convert.ToBase64String(bytes) != text) return "bad";
            return bytes.All(one => one is >= (byte)' ' and <= (byte)'~') ? Encoding.ASCII.GetString(bytes) : Convert.ToHexString(bytes);
        }
        catch (FormatException)
        {
            return "bad";
        }
    }
}
