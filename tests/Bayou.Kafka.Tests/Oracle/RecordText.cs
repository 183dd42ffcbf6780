using System.Security.Cryptography;
using System.Text;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>
/// A record as one line of text, so that two clients' records are equal exactly when the lines are, and a difference can be read: offset, timestamp, key, value,
/// headers in order. Bytes are in hexadecimal, long ones by length and digest; null is told from empty.
/// </summary>
internal sealed class RecordText
{
    private const int MostBytesShown = 48;

    private readonly StringBuilder _text = new();

    public RecordText(long offset, long timestamp, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool hasValue)
    {
        _text.Append(offset).Append(" at ").Append(timestamp).Append(": ");
        Append(key, hasKey);
        _text.Append(" = ");
        Append(value, hasValue);
    }

    public void AddHeader(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool hasValue)
    {
        _text.Append("; ").Append(Convert.ToHexString(key)).Append(" = ");
        Append(value, hasValue);
    }

    public override string ToString() => _text.ToString();

    /// <summary>The offset that a line begins with.</summary>
    public static long OffsetOf(string text) => long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)));

    private void Append(ReadOnlySpan<byte> bytes, bool isThere)
    {
        if (!isThere) _text.Append("null");
        else if (bytes.Length <= MostBytesShown) _text.Append('x').Append(Convert.ToHexString(bytes));
        else _text.Append(bytes.Length).Append(" bytes ").Append(Convert.ToHexString(SHA256.HashData(bytes)));
    }
}
