using System.Text;

namespace Bayou.Parquet;

/// <summary>
/// Writes the Thrift compact protocol: fields by ascending id, ids as differences, integers as zigzag varints. Whoever writes a struct as a field or list
/// element calls <see cref="BeginStruct(int)"/> or <see cref="BeginStruct()"/> and <see cref="EndStruct"/>.
/// </summary>
internal sealed class ThriftWriter(ByteBuffer output)
{
    private readonly Stack<int> _outer = new();
    private int _last;

    /// <summary>Begins a struct that is a field.</summary>
    public void BeginStruct(int field)
    {
        Field(field, ThriftType.Struct);
        BeginStruct();
    }

    /// <summary>Begins a struct that is an element of a list, or the outermost.</summary>
    public void BeginStruct()
    {
        _outer.Push(_last);
        _last = 0;
    }

    /// <summary>Ends the innermost struct.</summary>
    public void EndStruct()
    {
        output.AppendByte((byte)ThriftType.Stop);
        _last = _outer.Pop();
    }

    /// <summary>A struct without fields, as a field: a choice in a union.</summary>
    public void Empty(int field)
    {
        BeginStruct(field);
        EndStruct();
    }

    /// <summary>A truth value.</summary>
    public void Bool(int field, bool value) => Field(field, value ? ThriftType.True : ThriftType.False);

    /// <summary>A signed byte.</summary>
    public void Byte(int field, int value)
    {
        Field(field, ThriftType.Byte);
        output.AppendByte((byte)value);
    }

    /// <summary>An integer of 16 bits.</summary>
    public void Int16(int field, int value)
    {
        Field(field, ThriftType.Int16);
        Zigzag(value);
    }

    /// <summary>An integer of 32 bits.</summary>
    public void Int32(int field, int value)
    {
        Field(field, ThriftType.Int32);
        Zigzag(value);
    }

    /// <summary>An integer of 64 bits.</summary>
    public void Int64(int field, long value)
    {
        Field(field, ThriftType.Int64);
        Zigzag(value);
    }

    /// <summary>Bytes.</summary>
    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Field(field, ThriftType.Binary);
        Element(value);
    }

    /// <summary>Text.</summary>
    public void Text(int field, string value) => Binary(field, System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>The head of a list; <paramref name="count"/> elements follow.</summary>
    public void List(int field, ThriftType element, int count)
    {
        Field(field, ThriftType.List);
        if (count < 15)
        {
            output.AppendByte((byte)(count << 4 | (int)element));
            return;
        }

        output.AppendByte((byte)(0xF0 | (int)element));
        output.AppendVarint((uint)count);
    }

    /// <summary>An integer as an element of a list.</summary>
    public void Element(int value) => Zigzag(value);

    /// <summary>Bytes as an element of a list.</summary>
    public void Element(ReadOnlySpan<byte> value)
    {
        output.AppendVarint((uint)value.Length);
        output.Append(value);
    }

    private void Field(int id, ThriftType type)
    {
        var difference = id - _last;
        if (difference is > 0 and <= 15)
        {
            output.AppendByte((byte)(difference << 4 | (int)type));
        }
        else
        {
            output.AppendByte((byte)type);
            Zigzag(id);
        }

        _last = id;
    }

    private void Zigzag(long value) => output.AppendVarint((ulong)(value << 1 ^ value >> 63));
}
