using FsCheck;
using FsCheck.Fluent;

namespace Bayou.Tests.Routing;

/// <summary>Random JSON objects as text, made of what <see cref="JsonOracle"/> asks for and of other things.</summary>
internal static class JsonDocuments
{
    private static readonly Gen<string> Space = Gen.Frequency((8, Gen.Constant("")), (1, Gen.Elements(" ", "\n", " \t\r\n ")));

    private static readonly Gen<string> Name = Gen.Frequency(
        (10, Gen.Elements("a", "b", "o", "t", "long name of a field")),
        (2, Gen.Elements("\\u0061", "\\u006f", "lon\\u0067 name of a field", "\\u0074")),
        (2, Gen.Elements("", "A", "aa", "a ", "é", "😀", "long name of a fielD", "a\\\"", "\\\\a", "\\ud83d\\ude00")));

    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Elements("a", "b", "xyz", "0", "A", " ", "/", "=", "AAAA", "text that is longer than a vector")),
        (2, Gen.Elements("é", "€", "😀", "\u007f", "\u2028", "\ufeff")),
        (3, Gen.Elements("\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0000", "\\u00e9", "\\u20AC", "\\uD83d\\uDe00")),
        (1, Gen.Elements("\\ud800", "\\udc00")));

    private static readonly Gen<string> Text = Piece.ListOf().Select(pieces => string.Concat(pieces.Take(8)));

    private static readonly Gen<string> Digits = Gen.Choose(1, 24).SelectMany(most => Gen.Choose(0, 9).Select(digit => (char)('0' + digit)).ArrayOf(most)).Select(chars => new string(chars));

    private static readonly Gen<string> Number =
        from sign in Gen.Elements("", "", "-")
        from whole in Gen.Frequency((2, Gen.Constant("0")), (5, Gen.Choose(1, 9999).Select(value => value.ToString())), (2, Digits.Select(digits => "1" + digits)))
        from fraction in Gen.Frequency((4, Gen.Constant("")), (2, Gen.Elements(".0", ".5", ".25", ".000")), (2, Digits.Select(digits => "." + digits)))
        from exponent in Gen.Frequency((6, Gen.Constant("")), (1, Gen.Elements("e0", "E+5", "e-3", "e22", "e-22", "e23", "e300", "e-320", "e400", "e-400", "E99999999999")))
        select sign + whole + fraction + exponent;

    public static Gen<string> Object(int depth) =>
        from count in Gen.Choose(0, 7)
        from members in Member(depth).ArrayOf(count)
        from discriminator in Gen.Frequency((6, Gen.Constant("\"t\":\"x\"")), (1, Gen.Constant("\"t\" : \"\\u0078\"")), (1, Member(depth)))
        from at in Gen.Choose(0, count)
        from space in Space
        select "{" + space + string.Join(',', [.. members[..at], discriminator, .. members[at..]]) + space + "}" + space;

    private static Gen<string> Member(int depth) =>
        from before in Space
        from name in Name
        from between in Space
        from value in Value(depth)
        from after in Space
        select $"{before}\"{name}\"{between}:{after}{value}{after}";

    private static Gen<string> Value(int depth)
    {
        var leaf = Gen.Frequency(
            (4, Text.Select(text => $"\"{text}\"")),
            (4, Number),
            (2, Gen.Elements("true", "false", "null")));
        if (depth == 0) return leaf;
        var array =
            from count in Gen.Choose(0, 3)
            from items in Value(depth - 1).ArrayOf(count)
            from space in Space
            select "[" + space + string.Join("," + space, items) + space + "]";
        return Gen.Frequency((6, leaf), (3, Object(depth - 1)), (1, array));
    }
}
