using System.Numerics;

namespace Bayou.Parquet;

/// <summary>
/// Collects the values (no nulls) of the page that is being filled, as codes of a dictionary while that pays, else in the PLAIN encoding; and the bounds of
/// the chunk and of the file.
/// </summary>
internal abstract class ValueEncoder(ParquetWriterOptions options)
{
    /// <summary>Values after which it is first asked whether the dictionary pays; then after four times as many.</summary>
    private const int FirstCheck = 1024;

    private long _coded;
    private long _nextCheck;
    private bool _dictionaryUsed;

    /// <summary>Values of the page in the PLAIN encoding, or in that of memory where <see cref="EncodeValues"/> says so.</summary>
    protected ByteBuffer Plain { get; } = new();

    /// <summary>Codes of the page.</summary>
    protected IntBuffer Codes { get; } = new();

    /// <summary>True while values are kept as codes.</summary>
    public bool UsesDictionary { get; private set; }

    /// <summary>Distinct values of the chunk's dictionary.</summary>
    public abstract int DictionaryCount { get; }

    /// <summary>Bytes of the chunk's dictionary in the PLAIN encoding.</summary>
    public abstract int DictionaryBytes { get; }

    /// <summary>True when pages of the chunk refer to the dictionary, which must be written then.</summary>
    public bool HasDictionaryPages => _dictionaryUsed;

    /// <summary>Bytes of the page so far, before compression.</summary>
    public int PageBytes => Plain.Length + Codes.Count * sizeof(int);

    /// <summary>True when the dictionary has reached its limit: the page must end and <see cref="LeaveDictionary"/> be called.</summary>
    public bool IsDictionaryFull => UsesDictionary && DictionaryBytes >= options.DictionaryBytes;

    /// <summary>False for types that never use a dictionary.</summary>
    protected virtual bool MayUseDictionary => true;

    /// <summary>Bytes that <paramref name="values"/> values would take in the PLAIN encoding.</summary>
    protected abstract long PlainBytes(long values);

    /// <summary>Appends the values of the codes to <see cref="Plain"/>.</summary>
    protected abstract void CodesToPlain();

    /// <summary>Appends the dictionary in the PLAIN encoding.</summary>
    public abstract void EncodeDictionary(ByteBuffer output);

    /// <summary>Statistics of the chunk without the null count, which then count towards the file's; and forgets them for the next chunk.</summary>
    public abstract ColumnStatistics TakeChunkBounds(long nulls);

    /// <summary>Statistics of the file without the null count; and forgets them for the next file.</summary>
    public abstract ColumnStatistics TakeFileBounds(long nulls);

    /// <summary>Gets ready for a chunk.</summary>
    public virtual void BeginChunk()
    {
        Plain.Clear();
        Codes.Clear();
        (_coded, _nextCheck, _dictionaryUsed) = (0, FirstCheck, false);
        UsesDictionary = MayUseDictionary && options.DictionaryBytes > 0;
    }

    /// <summary>Gives the memory up.</summary>
    public virtual void Release()
    {
        Plain.Release();
        Codes.Release();
    }

    /// <summary>To be called after values were added: leaves a dictionary that does not pay.</summary>
    public void Review()
    {
        if (!UsesDictionary || _coded + Codes.Count < _nextCheck) return;
        if (!Pays()) LeaveDictionary();
        _nextCheck *= 4;
    }

    /// <summary>Goes on in the PLAIN encoding, with this page already.</summary>
    public void LeaveDictionary()
    {
        UsesDictionary = false;
        CodesToPlain();
        Codes.Clear();
    }

    /// <summary>Appends the values of the page, encoded; and empties it for the next.</summary>
    public PageEncoding TakePage(ByteBuffer output)
    {
        // A page of the dictionary's encoding without a dictionary page, as in a chunk of nulls, is refused by other readers.
        if (UsesDictionary && Codes.Count == 0) return PageEncoding.Plain;
        if (UsesDictionary && !_dictionaryUsed && !Pays()) LeaveDictionary();
        if (!UsesDictionary)
        {
            var encoding = EncodeValues(output);
            Plain.Clear();
            return encoding;
        }

        var width = Math.Max(1, BitWidth);
        output.AppendByte((byte)width);
        RleEncoder.Encode(Codes.Span, width, output);
        _coded += Codes.Count;
        _dictionaryUsed |= Codes.Count > 0;
        Codes.Clear();
        return PageEncoding.RleDictionary;
    }

    /// <summary>Appends <see cref="Plain"/> in the PLAIN encoding, or in another without dictionary that suits the values.</summary>
    protected virtual PageEncoding EncodeValues(ByteBuffer output)
    {
        output.Append(Plain.Span);
        return PageEncoding.Plain;
    }

    private int BitWidth => DictionaryCount <= 1 ? 0 : BitOperations.Log2((uint)DictionaryCount - 1) + 1;

    /// <summary>
    /// True when dictionary and codes take at most three fifths of what the values take alone: what Snappy would save anyway is no reason for a dictionary.
    /// </summary>
    private bool Pays()
    {
        var values = _coded + Codes.Count;
        return (DictionaryBytes + values * BitWidth / 8) * 5 <= PlainBytes(values) * 3;
    }
}
