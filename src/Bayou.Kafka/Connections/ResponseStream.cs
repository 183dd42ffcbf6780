using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>
/// The response that is being received, as a stream of known size: small things are read ahead, large ones are received straight to where they belong. For one
/// caller at a time. Every method throws <see cref="BrokerException"/> when the response does not come whole and in time; the connection is of no use then.
/// </summary>
internal sealed class ResponseStream(Stream stream, Attempt attempt, int maxBytes)
{
    private const int ReadAheadBytes = 16 << 10;
    private const int KeptBytes = 256 << 10;

    private readonly ReceiveThreshold? _threshold = ReceiveThreshold.Of(stream);
    private byte[] _buffer = new byte[ReadAheadBytes];
    private int _start;
    private int _end;

    /// <summary>The response's whole size in bytes, with its header; 0 before it is known.</summary>
    public int Size { get; private set; }

    /// <summary>Bytes of the response that have not been taken yet.</summary>
    public int Remaining { get; private set; }

    /// <summary>What is there without waiting; empty at the response's end. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_start, Math.Min(_end - _start, Remaining));

    /// <summary>True when a response did not arrive as it should, so that nothing after it can be understood.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// Waits until <see cref="Available"/> has <paramref name="min"/> bytes. False, without waiting, when the response has fewer left.
    /// </summary>
    public ValueTask<bool> FillAsync(int min)
    {
        if (min > Remaining) return new ValueTask<bool>(false);
        return _end - _start >= min ? new ValueTask<bool>(true) : ReceiveAsync(min);
    }

    /// <summary>Takes <paramref name="count"/> of the available bytes.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Math.Min(_end - _start, Remaining));
        Take(count);
    }

    /// <summary>Takes as many bytes as the destination has room for, which the response must have left.</summary>
    public ValueTask ReadExactlyAsync(Memory<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, Remaining);
        var ready = Math.Min(_end - _start, destination.Length);
        _buffer.AsSpan(_start, ready).CopyTo(destination.Span);
        Take(ready);
        return ready == destination.Length ? default : ReceiveAsync(destination[ready..]);
    }

    /// <summary>Takes what is left of the response and forgets it.</summary>
    public async ValueTask SkipRestAsync()
    {
        while (Remaining > 0)
        {
            await FillAsync(1);
            Take(Available.Length);
        }
    }

    /// <summary>Receives a response's header and checks that it answers <paramref name="correlationId"/>. Returns the bytes left for the body.</summary>
    public async ValueTask<int> BeginAsync(int correlationId, bool flexible)
    {
        Size = Remaining = 0;
        if (_buffer.Length > KeptBytes && _start == _end) _buffer = new byte[ReadAheadBytes];
        if (_end - _start < 4) await ReceiveAsync(4);
        if (ForeignAnswer.Recognize(_buffer.AsSpan(_start, 4)) is { } foreign) throw Broken(SourceErrorKind.Fatal, $"{foreign}.");
        var size = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start));
        if (size > maxBytes)
            throw Broken(SourceErrorKind.Transient, $"the response has {size:N0} bytes, more than receive.message.max.bytes allows ({maxBytes:N0}); if this is a Kafka broker, raise it.");
        _start += 4;
        Size = Remaining = size;
        await FillAsync(4);
        var answered = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start));
        if (answered != correlationId) throw Broken(SourceErrorKind.Transient, $"the response answers request {answered} instead of {correlationId}.");
        Take(4);
        if (flexible) await SkipTagsAsync();
        return Remaining;
    }

    /// <summary>Ends the connection's use for a reason of the protocol.</summary>
    public BrokerException Broken(SourceErrorKind kind, string reason)
    {
        IsBroken = true;
        return attempt.Failed(kind, reason);
    }

    /// <summary>Ends the connection's use because of what the network did.</summary>
    public Exception Broken(Exception error)
    {
        IsBroken = true;
        var there = Size - Remaining + _end - _start;
        return attempt.Failed(error, Size > 0 ? $" after {there:N0} of {Size:N0} bytes of the response" : there > 0 ? $" after {there} bytes" : " before it answered");
    }

    private async ValueTask SkipTagsAsync()
    {
        for (var min = 1; ; min = Available.Length + 1)
        {
            if (!await FillAsync(min)) throw Broken(SourceErrorKind.Transient, "the response ends in its header.");
            var reader = new ProtocolReader(Available.Span, flexible: true);
            reader.SkipTags();
            if (reader.IsShort) continue;
            Take(reader.Position);
            return;
        }
    }

    private void Take(int count)
    {
        _start += count;
        Count(count);
    }

    private void Count(int taken)
    {
        Remaining -= taken;
        if (Remaining > 0) return;
        if (_end > _start) IsBroken = true; // More than was asked for: the next response could not be told from it.
        attempt.Completed();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReceiveAsync(int min)
    {
        MakeRoom(min);
        try
        {
            _threshold?.Expect(1);
            while (_end - _start < min) _end += await ReceiveSomeAsync(_buffer.AsMemory(_end));
        }
        catch (Exception error) when (error is not BrokerException)
        {
            throw Broken(error);
        }

        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveAsync(Memory<byte> rest)
    {
        // A small rest comes together with what follows it.
        if (rest.Length <= ReadAheadBytes / 4)
        {
            await ReceiveAsync(rest.Length);
            _buffer.AsSpan(_start, rest.Length).CopyTo(rest.Span);
            Take(rest.Length);
            return;
        }

        try
        {
            while (rest.Length > 0)
            {
                _threshold?.Expect(rest.Length);
                var count = await ReceiveSomeAsync(rest);
                rest = rest[count..];
                Count(count);
            }
        }
        catch (Exception error) when (error is not BrokerException)
        {
            throw Broken(error);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveSomeAsync(Memory<byte> destination) =>
        await stream.ReadAsync(destination, attempt.Token) is > 0 and var count ? count : throw new EndOfStreamException();

    private void MakeRoom(int min)
    {
        if (_start == _end) _start = _end = 0;
        if (_buffer.Length - _start >= min) return;
        var larger = min <= _buffer.Length ? _buffer : new byte[Math.Max(min, _buffer.Length * 2)];
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        (_buffer, _end, _start) = (larger, _end - _start, 0);
    }
}
