using System.Text;

namespace Bayou.Parquet;

/// <summary>
/// Reads the Thrift compact protocol from bytes that are not trusted: every length is checked against what is left, every nesting against a limit. Errors
/// are <see cref="ParquetException"/> with the position within the bytes; the caller adds the file.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxNesting = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _last;
    private int _nesting;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Id of the field that <see cref="NextField"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>Type of the field that <see cref="NextField"/> found.</summary>
    public ThriftType Type { get; private set; }

    /// <summary>Begins a struct; the result goes to <see cref="EndStruct"/> once <see cref="NextField"/> has said false.</summary>
    public int BeginStruct()
    {
        if (++_nesting > MaxNesting) throw Broken("structures are nested too deeply");
        var outer = _last;
        _last = 0;
        return outer;
    }

    /// <summary>Ends the innermost struct.</summary>
    public void EndStruct(int outer)
    {
        _nesting--;
        _last = outer;
    }

    /// <summary>Reads the head of the next field; false at the end of the struct.</summary>
    public bool NextField()
    {
        var head = Byte();
        if (head == 0) return false;
        var difference = head >> 4;
        Field = difference == 0 ? (int)Math.Clamp(Zigzag(), short.MinValue, short.MaxValue) : _last + difference;
        _last = Field;
        Type = (ThriftType)(head & 15);
        if (Type > ThriftType.Struct) throw Broken($"a field has the unknown type {head & 15}");
        return true;
    }

    /// <summary>The field as a truth value.</summary>
    public readonly bool Bool()
    {
        if (Type is not (ThriftType.True or ThriftType.False)) throw Broken($"field {Field} is not a truth value");
        return Type == ThriftType.True;
    }

    /// <summary>The field as an integer of 32 bits.</summary>
    public int Int32()
    {
        var value = Int64();
        if (value is < int.MinValue or > int.MaxValue) throw Broken($"field {Field} exceeds 32 bits");
        return (int)value;
    }

    /// <summary>The field as an integer.</summary>
    public long Int64()
    {
        if (Type == ThriftType.Byte) return (sbyte)Byte();
        if (Type is not (ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64)) throw Broken($"field {Field} is not an integer");
        return Zigzag();
    }

    /// <summary>The field as bytes.</summary>
    public ReadOnlySpan<byte> Binary()
    {
        Expect(ThriftType.Binary);
        return ElementBinary();
    }

    /// <summary>The field as text.</summary>
    public string Text() => Encoding.UTF8.GetString(Binary());

    /// <summary>Begins the field as a struct; see <see cref="BeginStruct"/>.</summary>
    public int StructField()
    {
        Expect(ThriftType.Struct);
        return BeginStruct();
    }

    /// <summary>Reads the head of the field as a list of <paramref name="element"/> and returns the number of elements, each of at least a byte.</summary>
    public int List(ThriftType element)
    {
        Expect(ThriftType.List);
        var (type, count) = ListHead();
        if (count > 0 && type != element) throw Broken($"field {Field} is a list of another type");
        return count;
    }

    /// <summary>An element of a list of bytes.</summary>
    public ReadOnlySpan<byte> ElementBinary()
    {
        var length = Varint();
        if (length > (ulong)(_bytes.Length - Position)) throw Broken("a length exceeds what is left");
        var value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return value;
    }

    /// <summary>Passes over the field.</summary>
    public void Skip()
    {
        if (Type is ThriftType.True or ThriftType.False) return;
        Skip(Type);
    }

    private void Skip(ThriftType type)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False or ThriftType.Byte:
                Byte();
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                Varint();
                break;
            case ThriftType.Double:
                Pass(8);
                break;
            case ThriftType.Binary:
                ElementBinary();
                break;
            case ThriftType.List or ThriftType.Set:
                SkipList();
                break;
            case ThriftType.Map:
                SkipMap();
                break;
            case ThriftType.Struct:
                var outer = BeginStruct();
                while (NextField()) Skip();
                EndStruct(outer);
                break;
            default:
                throw Broken("a list has an unknown type");
        }
    }

    private void SkipList()
    {
        if (++_nesting > MaxNesting) throw Broken("structures are nested too deeply");
        var (element, count) = ListHead();
        for (var i = 0; i < count; i++) Skip(element);
        _nesting--;
    }

    private void SkipMap()
    {
        if (++_nesting > MaxNesting) throw Broken("structures are nested too deeply");
        var count = Varint();
        if (count > (ulong)(_bytes.Length - Position)) throw Broken("a map has more entries than bytes are left");
        if (count > 0)
        {
            var types = Byte();
            for (var i = 0ul; i < count; i++)
            {
                Skip((ThriftType)(types >> 4));
                Skip((ThriftType)(types & 15));
            }
        }

        _nesting--;
    }

    private (ThriftType Element, int Count) ListHead()
    {
        var head = Byte();
        var count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        if (count > (ulong)(_bytes.Length - Position)) throw Broken("a list has more elements than bytes are left");
        return ((ThriftType)(head & 15), (int)count);
    }

    private readonly void Expect(ThriftType type)
    {
        if (Type != type) throw Broken($"field {Field} is of type {Type}, not {type}");
    }

    private void Pass(int count)
    {
        if (count > _bytes.Length - Position) throw Broken("it ends too soon");
        Position += count;
    }

    private byte Byte()
    {
        if (Position >= _bytes.Length) throw Broken("it ends too soon");
        return _bytes[Position++];
    }

    private long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Broken("a number is longer than 10 bytes");
    }

    private readonly ParquetException Broken(string what) => new($"Thrift structure broken at byte {Position}: {what}.");
}
