using System.Globalization;
using System.Text;
using Bayou.Definitions;
using Bayou.Grains.Routing;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Tests.Routing;

/// <summary>Definitions, batches and read-back for the routing tests.</summary>
internal static class RoutingSamples
{
    public static readonly TopicPartition Source = new("events", 3);

    private static readonly SinkDefinition Sink = new() { Kind = "none", Options = [] };

    public static ColumnDefinition Column(string name, ColumnType type, bool required = false, string? path = null) =>
        new() { Name = name, Type = type, Path = (path ?? name).Split('.'), Required = required };

    public static ColumnDefinition Column(string name, ColumnKind kind, bool required = false, string? path = null) =>
        Column(name, new ColumnType(kind), required, path);

    public static TableDefinition Table(string name, string[] match, params ColumnDefinition[] columns) =>
        new() { Name = name, Match = match, Columns = columns, Sink = Sink };

    public static RoutingPlan Plan(string field, string unmatched, params TableDefinition[] tables) => RoutingPlan.Compile(
        new PipelineDefinition
        {
            Name = "p",
            Source = new SourceDefinition { Kind = "none", Topics = ["events"], Options = [] },
            Route = new RouteDefinition { Field = field.Split('.'), Unmatched = unmatched },
            Quarantine = Sink,
            Tables = tables,
        },
        7);

    /// <summary>Records at offsets 100, 101, ...; each has key <c>k</c> and the timestamp of its offset in milliseconds.</summary>
    public static MicroBatch Batch(params byte[]?[] values)
    {
        var data = new List<byte> { (byte)'k' };
        var entries = new List<RecordEntry>();
        foreach (var value in values)
        {
            var offset = 100 + entries.Count;
            entries.Add(new RecordEntry { Offset = offset, TimestampMilliseconds = offset, KeyLength = 1, ValueStart = data.Count, ValueLength = value?.Length ?? -1 });
            data.AddRange(value ?? []);
        }

        return new MicroBatch(Source, new OffsetRange(100, 100 + values.Length), entries.ToArray(), data.ToArray());
    }

    public static MicroBatch Batch(params string[] values) => Batch([.. values.Select(Encoding.UTF8.GetBytes)]);

    public static bool[] All(RoutingPlan plan) => [.. plan.Targets.Select(_ => true)];

    public static ShredResult ShredAll(this RowShredder shredder, MicroBatch batch, int maxSliceBytes = 4 << 20) =>
        shredder.Shred(batch, batch.Range.First, batch.Range.Next, All(shredder.Plan), maxSliceBytes);

    public static Slice? Build(this RowShredder shredder, int target) => shredder.BuildSlice(target, Source, 1, 100, 200, new BufferPool());

    /// <summary>The target's rows as text: <c>offset: value | value</c>.</summary>
    public static string[] RowsOf(this RowShredder shredder, int target) =>
        Read(shredder.Build(target)?.Rows ?? default, shredder.Plan.Targets[target].Columns);

    /// <summary>The target's quarantined rows as text.</summary>
    public static string[] QuarantinedOf(this RowShredder shredder, int target) =>
        Read(shredder.Build(target)?.Quarantined ?? default, QuarantineTable.Columns);

    /// <summary>Reasons of the target's quarantined rows.</summary>
    public static string[] ReasonsOf(this RowShredder shredder, int target)
    {
        var slice = shredder.Build(target);
        var bytes = target == shredder.Plan.QuarantineTarget ? slice?.Rows : slice?.Quarantined;
        var block = new RowBlock((bytes ?? default).Span);
        var reasons = new string[block.Rows];
        for (var row = 0; row < block.Rows; row++) reasons[row] = Encoding.UTF8.GetString(block.Column(2).Bytes(row));
        return reasons;
    }

    public static string[] Read(ReadOnlyMemory<byte> bytes, ColumnDefinition[] columns)
    {
        var block = new RowBlock(bytes.Span);
        var rows = new string[block.Rows];
        for (var row = 0; row < block.Rows; row++)
        {
            var cells = new List<string>();
            for (var i = 0; i < columns.Length; i++) cells.Add(Cell(block.Column(i), columns[i].Type, row));
            rows[row] = $"{block.Offsets[row]}: {string.Join(" | ", cells)}";
        }

        return rows;
    }

    private static string Cell(ColumnView column, ColumnType type, int row)
    {
        if (column.IsNull(row)) return "null";
        return type.Kind switch
        {
            ColumnKind.Bool => column.Fixed<byte>()[row] switch { 0 => "false", 1 => "true", _ => "?" },
            ColumnKind.Int or ColumnKind.Date => column.Fixed<int>()[row].ToString(CultureInfo.InvariantCulture),
            ColumnKind.Long or ColumnKind.Timestamp => column.Fixed<long>()[row].ToString(CultureInfo.InvariantCulture),
            ColumnKind.Float => column.Fixed<float>()[row].ToString("R", CultureInfo.InvariantCulture),
            ColumnKind.Double => column.Fixed<double>()[row].ToString("R", CultureInfo.InvariantCulture),
            ColumnKind.Decimal when type.FixedWidth == 8 => column.Fixed<long>()[row].ToString(CultureInfo.InvariantCulture),
            ColumnKind.Decimal => column.Fixed<Int128>()[row].ToString(CultureInfo.InvariantCulture),
            ColumnKind.Binary when !IsText(column.Bytes(row)) => Convert.ToHexString(column.Bytes(row)),
            _ => Encoding.UTF8.GetString(column.Bytes(row)),
        };
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
}
