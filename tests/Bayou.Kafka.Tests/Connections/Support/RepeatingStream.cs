namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>The same bytes over and over, always there at once; no read goes beyond their end.</summary>
internal sealed class RepeatingStream(byte[] bytes) : MemoryStream
{
    private int _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(buffer.Length, bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer.Span);
        _position = (_position + count) % bytes.Length;
        return new ValueTask<int>(count);
    }
}
