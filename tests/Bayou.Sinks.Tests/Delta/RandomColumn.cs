using System.Globalization;
using System.Text;
using Bayou.Definitions;
using Bayou.Sinks.Delta;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>A column with random values of the kind that bounds are easily wrong for, and their literals in SQL.</summary>
internal sealed record RandomColumn(ColumnDefinition Definition)
{
    private static readonly int[] Characters = [0x1, 0x20, 'A', 'a', '~', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600, 0x10FFFE, 0x10FFFF];
    private static readonly double[] Doubles = [0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 0.1, 1e16, -1e-300];
    private static readonly float[] Floats = [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue, float.MinValue, 0.1f, -16777217f];
    private static readonly long[] Instants = [0, -1, 1, 999, 1000, 1001, -999, -1000, -1001, 1_700_000_000_123_456, 1_700_000_000_123_999, -62_135_596_800_000_000, 253_402_300_799_999_999];
    private static readonly int[] Days = [0, -1, 1, -719_162, 2_932_896, 19_000, -25_000];
    private static readonly long[] Longs = [0, -1, 1, long.MinValue, long.MaxValue, 1L << 53, (1L << 53) + 1, int.MinValue];

    public static readonly IReadOnlyList<RandomColumn> All =
    [
        .. new[]
        {
            Tables.Column("s", ColumnKind.String), Tables.Column("i", ColumnKind.Int), Tables.Column("l", ColumnKind.Long), Tables.Column("f", ColumnKind.Float),
            Tables.Column("d", ColumnKind.Double), Tables.Column("m9", ColumnKind.Decimal, 9, 2), Tables.Column("m18", ColumnKind.Decimal, 18, 4),
            Tables.Column("m38", ColumnKind.Decimal, 38, 10), Tables.Column("b", ColumnKind.Bool), Tables.Column("ts", ColumnKind.Timestamp),
            Tables.Column("day", ColumnKind.Date), Tables.Column("none", ColumnKind.String),
        }.Select(column => new RandomColumn(column)),
    ];

    public string Name => Definition.Name;

    public object? Value(Random random)
    {
        if (Name == "none" || random.Next(6) == 0) return null;
        return Definition.Type.Kind switch
        {
            ColumnKind.String => Text(random),
            ColumnKind.Int => (int)Longs[random.Next(Longs.Length)],
            ColumnKind.Long => Longs[random.Next(Longs.Length)],
            ColumnKind.Float => Floats[random.Next(Floats.Length)],
            ColumnKind.Double => Doubles[random.Next(Doubles.Length)],
            ColumnKind.Decimal => Decimal(random, Definition.Type.Precision),
            ColumnKind.Bool => random.Next(2) == 0,
            ColumnKind.Timestamp => Instants[random.Next(Instants.Length)],
            _ => Days[random.Next(Days.Length)],
        };
    }

    /// <summary>The value in the SQL of DataFusion.</summary>
    public string Literal(object value) => Definition.Type.Kind switch
    {
        ColumnKind.String => $"'{((string)value).Replace("'", "''", StringComparison.Ordinal)}'",
        ColumnKind.Int => $"CAST('{value}' AS INT)",
        ColumnKind.Long => $"CAST('{value}' AS BIGINT)",
        ColumnKind.Float => $"CAST('{Number((float)value)}' AS FLOAT)",
        ColumnKind.Double => $"CAST('{Number((double)value)}' AS DOUBLE)",
        ColumnKind.Decimal => $"CAST('{DecimalText.Format((Int128)value, Definition.Type.Scale)}' AS DECIMAL({Definition.Type.Precision},{Definition.Type.Scale}))",
        ColumnKind.Bool => (bool)value ? "true" : "false",
        ColumnKind.Timestamp => $"arrow_cast(CAST('{value}' AS BIGINT), 'Timestamp(Microsecond, Some(\"UTC\"))')",
        _ => $"arrow_cast(CAST('{value}' AS INT), 'Date32')",
    };

    /// <summary>The value in the SQL of DuckDB.</summary>
    public string DuckDbLiteral(object value) => Definition.Type.Kind switch
    {
        ColumnKind.Timestamp => $"(TIMESTAMPTZ '1970-01-01 00:00:00+00' + to_microseconds(CAST('{value}' AS BIGINT)))",
        ColumnKind.Date => $"(DATE '1970-01-01' + CAST('{value}' AS INT))",
        _ => Literal(value),
    };

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("R", CultureInfo.InvariantCulture);

    // Many begin alike, and are about as long as a bound may be.
    private static string Text(Random random)
    {
        var text = new StringBuilder();
        var fill = new Rune(Characters[random.Next(Characters.Length)]);
        for (var length = random.Next(3) == 0 ? random.Next(4) : random.Next(29, 36); length > 0; length--)
            text.Append(random.Next(12) == 0 ? new Rune(Characters[random.Next(Characters.Length)]) : fill);
        return text.ToString();
    }

    private static Int128 Decimal(Random random, int precision)
    {
        var most = Int128.Parse(new string('9', precision), CultureInfo.InvariantCulture);
        return random.Next(6) switch { 0 => most, 1 => -most, 2 => 0, 3 => most - 1, 4 => random.Next(-5, 6), _ => most / (random.Next(1, 1 << 20) + (Int128)1) };
    }
}
