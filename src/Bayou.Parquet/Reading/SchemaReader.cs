namespace Bayou.Parquet;

/// <summary>Reads the schema: a list of <c>SchemaElement</c> of <c>parquet.thrift</c>, a tree depth first, out of bytes that are not trusted.</summary>
internal static class SchemaReader
{
    /// <summary>Most characters that the leaves' paths may have together: each repeats the names above it, so that a short schema could have endless ones.</summary>
    private const long PathCharacters = 16 << 20;

    /// <summary>Reads the schema, which is the reader's present field.</summary>
    public static ParquetSchema Read(ref ThriftReader thrift)
    {
        var count = thrift.List(ThriftType.Struct);
        if (count == 0) throw new ParquetException("the schema is empty");
        var root = ReadElement(ref thrift);
        count--;
        var fields = new List<SchemaNode>();
        var room = PathCharacters;
        for (var i = 0; i < root.Children; i++) fields.Add(ReadNode(ref thrift, ref count, ref room, 0, 1));
        if (count != 0) throw new ParquetException($"the schema has {count} nodes too many");
        return new ParquetSchema(fields);
    }

    private static SchemaNode ReadNode(ref ThriftReader thrift, ref int left, ref long room, long above, int depth)
    {
        if (left-- <= 0) throw new ParquetException("the schema has nodes that are missing");
        if (depth > ParquetSchema.MaxDepth) throw new ParquetException($"the schema is nested deeper than {ParquetSchema.MaxDepth} levels");
        var element = ReadElement(ref thrift);
        var path = above + element.Name.Length + 1;
        if (element.Physical is { } physical)
        {
            if ((room -= path) < 0) throw new ParquetException($"the names of the columns have more than {PathCharacters} characters");
            if (!Enum.IsDefined(physical)) throw new ParquetException($"node {element.Name} is of the unknown type {(int)physical}");
            if (physical == PhysicalType.FixedLenByteArray && element.TypeLength is <= 0 or > 1 << 20)
                throw new ParquetException($"node {element.Name} has values of {element.TypeLength} bytes");
            return SchemaNode.Leaf(element.Name, element.Repetition, physical, element.Logical, element.TypeLength, element.FieldId);
        }

        var children = new List<SchemaNode>();
        for (var i = 0; i < element.Children; i++) children.Add(ReadNode(ref thrift, ref left, ref room, path, depth + 1));
        return SchemaNode.Group(element.Name, element.Repetition, element.Logical, children, element.FieldId);
    }

    private static SchemaElement ReadElement(ref ThriftReader thrift)
    {
        var element = new SchemaElement();
        var (converted, scale, precision) = (-1, 0, 0);
        var logical = default(LogicalType);
        var outer = thrift.BeginStruct();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: element.Physical = (PhysicalType)thrift.Int32(); break;
                case 2: element.TypeLength = thrift.Int32(); break;
                case 3: element.Repetition = (Repetition)thrift.Int32(); break;
                case 4: element.Name = thrift.Text(); break;
                case 5: element.Children = thrift.Int32(); break;
                case 6: converted = thrift.Int32(); break;
                case 7: scale = thrift.Int32(); break;
                case 8: precision = thrift.Int32(); break;
                case 9: element.FieldId = thrift.Int32(); break;
                case 10: logical = LogicalTypeFormat.Read(ref thrift); break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        if (!Enum.IsDefined(element.Repetition)) throw new ParquetException($"node {element.Name} has the unknown repetition {(int)element.Repetition}");
        if (element.Physical != PhysicalType.FixedLenByteArray) element.TypeLength = 0;
        element.Logical = logical.Kind == LogicalKind.None && converted >= 0
            ? LogicalTypeFormat.FromConverted(converted, precision, scale)
            : logical;
        return element;
    }

    private struct SchemaElement
    {
        public SchemaElement() => Name = "";

        public string Name { get; set; }

        public PhysicalType? Physical { get; set; }

        public int TypeLength { get; set; }

        public Repetition Repetition { get; set; }

        public int Children { get; set; }

        public int? FieldId { get; set; }

        public LogicalType Logical { get; set; }
    }
}
