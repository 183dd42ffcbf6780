using System.Buffers;
using System.Globalization;
using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>Reads the options of a table, and says what is wrong with them or with the table's columns.</summary>
internal static class DeltaSinkOptionsValidator
{
    public const string PathOption = DeltaSinkOptions.PathName;
    public const string PartitionByOption = "partitionBy";
    public const string CheckpointEveryOption = "checkpointEvery";
    public const string RowGroupRowsOption = "rowGroupRows";
    public const string TargetFileBytesOption = "targetFileBytes";
    public const string CompactOption = "compact";
    public const string CompressionOption = "compression";
    public const string EncodingOption = "encoding";

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" ,;{}()\n\t=");
    private static readonly string[] MetadataNames =
        [MetadataColumns.Topic, MetadataColumns.Partition, MetadataColumns.Offset, MetadataColumns.Timestamp, MetadataColumns.Generation];

    /// <summary>The options; what is wrong is added to <paramref name="errors"/>, and has its default in the result.</summary>
    public static DeltaSinkOptions Read(TableDefinition table, List<string> errors)
    {
        var options = table.Sink.Options;
        var defaults = new DeltaSinkOptions { Path = "" };
        var path = options.GetValueOrDefault(PathOption, "");
        if (path.Length == 0) errors.Add($"{PathOption} must be given: the folder of the table.");
        var partitionBy = new List<string>();
        for (var i = 0; options.TryGetValue($"{PartitionByOption}:{i}", out var name); i++) partitionBy.Add(name);
        var compression = options.GetValueOrDefault(CompressionOption, defaults.Compression);
        if (compression is not (DeltaSinkOptions.Snappy or DeltaSinkOptions.NoCompression))
            errors.Add($"{CompressionOption} is {compression}; it is {DeltaSinkOptions.Snappy} or {DeltaSinkOptions.NoCompression}.");
        var encoding = options.GetValueOrDefault(EncodingOption, defaults.Encoding);
        if (encoding is not (DeltaSinkOptions.DeltaEncoding or DeltaSinkOptions.PlainEncoding))
            errors.Add($"{EncodingOption} is {encoding}; it is {DeltaSinkOptions.DeltaEncoding} or {DeltaSinkOptions.PlainEncoding}.");
        CheckPartitionBy(table, partitionBy, errors);
        CheckColumns(table, errors);
        return new DeltaSinkOptions
        {
            Path = path,
            PartitionBy = partitionBy,
            CheckpointEvery = (int?)Number(options, CheckpointEveryOption, 1, 100_000, errors),
            RowGroupRows = (int)(Number(options, RowGroupRowsOption, 1_000, 100_000_000, errors) ?? defaults.RowGroupRows),
            TargetFileBytes = Number(options, TargetFileBytesOption, 1 << 20, 1L << 40, errors) ?? defaults.TargetFileBytes,
            Compression = compression,
            Encoding = encoding,
            Compact = (int?)Number(options, CompactOption, 2, 100_000, errors),
        };
    }

    private static void CheckPartitionBy(TableDefinition table, List<string> partitionBy, List<string> errors)
    {
        foreach (var name in partitionBy)
        {
            var column = Array.Find(table.Columns, column => column.Name == name);
            if (column is null) errors.Add($"{PartitionByOption} names {name}, which is no column of the table.");
            else if (!PartitionPath.Supports(column.Type.Kind))
                errors.Add($"{PartitionByOption} names {name}, which is {column.Type}; it can be string, int, long, bool, date, timestamp or decimal.");
        }

        if (partitionBy.Distinct().Count() < partitionBy.Count) errors.Add($"{PartitionByOption} names a column twice.");
        if (partitionBy.Count > 0 && !table.Metadata && table.Columns.All(column => partitionBy.Contains(column.Name)))
            errors.Add($"{PartitionByOption} names every column; a data file needs at least one that is not named.");
    }

    private static void CheckColumns(TableDefinition table, List<string> errors)
    {
        var names = new HashSet<string>(table.Metadata ? MetadataNames : [], StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Columns)
        {
            if (column.Name.AsSpan().IndexOfAny(NotInNames) >= 0)
                errors.Add($"Column {column.Name}: a Delta table takes no spaces, tabs, line ends and none of ,;{{}}()= in a column's name.");
            if (!names.Add(column.Name))
                errors.Add($"Column {column.Name}: another column, or a metadata column, has this name; a Delta table does not tell upper from lower case.");
        }

        if (names.Count == 0) errors.Add("The table has no columns; a Delta table needs at least one.");
    }

    private static long? Number(Dictionary<string, string> options, string name, long least, long most, List<string> errors)
    {
        if (!options.TryGetValue(name, out var text)) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        errors.Add($"{name} is {text}; it is a whole number from {least} to {most}.");
        return null;
    }
}
