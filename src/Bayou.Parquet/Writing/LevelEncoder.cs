using System.Buffers.Binary;
using System.Numerics;

namespace Bayou.Parquet;

/// <summary>Collects the levels of the page that is being filled: one bit an entry in a flat column, else two numbers.</summary>
internal sealed class LevelEncoder(LeafColumn column)
{
    private readonly BitBuffer _bits = new();
    private readonly IntBuffer _definitions = new();
    private readonly IntBuffer _repetitions = new();

    /// <summary>Entries of the page.</summary>
    public int Entries { get; private set; }

    /// <summary>Entries of the page that have a value.</summary>
    public int Values { get; private set; }

    /// <summary>Adds entries that all have a value, or all have none, to a flat column.</summary>
    public void AddRun(bool valid, int count)
    {
        if (column.MaxDefinitionLevel > 0) _bits.AppendRun(valid, count);
        Entries += count;
        if (valid) Values += count;
    }

    /// <summary>Adds one entry a byte, 1 for a value and 0 for null, to a flat optional column.</summary>
    public void Add(ReadOnlySpan<byte> validity)
    {
        Entries += validity.Length;
        Values += _bits.Append(validity);
    }

    /// <summary>Adds one entry to any column.</summary>
    public void Add(int definition, int repetition)
    {
        if (column.IsFlat)
        {
            AddRun(definition == column.MaxDefinitionLevel, 1);
            return;
        }

        _definitions.Append(definition);
        _repetitions.Append(repetition);
        Entries++;
        if (definition == column.MaxDefinitionLevel) Values++;
    }

    /// <summary>Appends the levels as a data page of version 1 begins: repetition, then definition, each behind its length; and empties them.</summary>
    public void TakePage(ByteBuffer output)
    {
        if (column.MaxRepetitionLevel > 0) Encode(_repetitions, column.MaxRepetitionLevel, output);
        if (column.MaxDefinitionLevel > 0) Encode(_definitions, column.MaxDefinitionLevel, output);
        Clear();
    }

    /// <summary>Empties the page and keeps the memory.</summary>
    public void Clear()
    {
        _bits.Clear();
        _definitions.Clear();
        _repetitions.Clear();
        (Entries, Values) = (0, 0);
    }

    /// <summary>Empties the page and gives the memory up.</summary>
    public void Release()
    {
        _bits.Release();
        _definitions.Release();
        _repetitions.Release();
        (Entries, Values) = (0, 0);
    }

    private void Encode(IntBuffer levels, int max, ByteBuffer output)
    {
        var start = output.Length;
        output.Add(sizeof(int));
        if (column.IsFlat) RleEncoder.EncodeBits(_bits, Values, output);
        else RleEncoder.Encode(levels.Span, BitOperations.Log2((uint)max) + 1, output);
        BinaryPrimitives.WriteInt32LittleEndian(output.Span[start..], output.Length - start - sizeof(int));
    }
}
