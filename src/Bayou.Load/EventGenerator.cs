using System.Buffers;
using System.Numerics;

namespace Bayou.Load;

/// <summary>
/// Makes mixed events as a shop would. Event <c>i</c> follows from the options and <c>i</c> alone, so that any part of a stream can be made again, in any
/// order and by several threads at once. Writing allocates nothing.
/// </summary>
public sealed class EventGenerator
{
    /// <summary>Most bytes of a key.</summary>
    public const int MaxKeyBytes = 10;

    private const int LongestPlainValue = 512;
    private const int FillerBytes = 8192;
    private const double TwoToThe53 = 1L << 53;

    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] Filler = MakeFiller();

    private readonly LoadOptions _options;
    private readonly EventType[] _types;
    private readonly ulong _seed;

    /// <summary>A generator of the events that the options describe.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside of its range.</exception>
    public EventGenerator(LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _types = EventCatalog.Take(options.Types);
        _seed = Mix((ulong)options.Seed);
        TypeNames = [.. _types.Select(t => t.Name)];
        MaxValueBytes = LongestPlainValue + options.SizeBytes;
    }

    /// <summary>The values of <c>event_type</c> that good events have.</summary>
    public IReadOnlyList<string> TypeNames { get; }

    /// <summary>Room that a value may need, in bytes.</summary>
    public int MaxValueBytes { get; }

    /// <summary>Index into <see cref="TypeNames"/> of event <paramref name="index"/>; a record of an unknown type has one too, which it does not show.</summary>
    public int TypeOf(long index)
    {
        var share = Share(Draw(index, 1));
        if (_options.Skew == 0) return (int)(share * _types.Length);
        if (share < _options.Skew || _types.Length == 1) return 0;
        return 1 + (int)((share - _options.Skew) / (1 - _options.Skew) * (_types.Length - 1));
    }

    /// <summary>What is wrong with record <paramref name="index"/>.</summary>
    public BadKind BadnessOf(long index)
    {
        if (_options.BadShare == 0) return BadKind.None;
        var share = Share(Draw(index, 2));
        return share < _options.BadShare ? (BadKind)(1 + (int)(share / _options.BadShare * 5)) : BadKind.None;
    }

    /// <summary>When event <paramref name="index"/> happened.</summary>
    public DateTime TimeOf(long index) => Epoch.AddTicks(index / _options.EventsPerMillisecond * TimeSpan.TicksPerMillisecond);

    /// <summary>Writes the key, the user's number as decimal digits, and returns its length.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is shorter than <see cref="MaxKeyBytes"/>.</exception>
    public int WriteKey(long index, Span<byte> target)
    {
        if (target.Length < MaxKeyBytes) throw new ArgumentException($"A key needs room for {MaxKeyBytes} bytes.", nameof(target));
        var cursor = new JsonCursor(target);
        cursor.Number(User(index));
        return cursor.Length;
    }

    /// <summary>Writes the value and returns its length.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is shorter than <see cref="MaxValueBytes"/>.</exception>
    public int WriteValue(long index, Span<byte> target)
    {
        if (target.Length < MaxValueBytes) throw new ArgumentException($"A value needs room for {MaxValueBytes} bytes.", nameof(target));
        var bad = BadnessOf(index);
        var type = _types[TypeOf(index)];
        var cursor = new JsonCursor(target);
        cursor.Raw("{\"event_id\":\""u8);
        if (bad == BadKind.InvalidUtf8) cursor.Raw([0xC3, 0x28, 0xFF]);
        cursor.Hex(Mix(_seed ^ (ulong)index));
        if (bad == BadKind.UnknownType) cursor.Raw("\",\"event_type\":\"mystery\",\"ts\":\""u8);
        else cursor.Raw(type.NameAndTime);
        cursor.Instant(TimeOf(index));
        WriteUser(ref cursor, index, bad);
        var bits = Draw(index, 4);
        foreach (var field in type.Fields)
        {
            WriteField(ref cursor, field, bits);
            bits = BitOperations.RotateLeft(bits, 23) * 0x9E3779B97F4A7C15;
        }
        WriteNote(ref cursor, bits);
        cursor.Byte((byte)'}');
        return bad == BadKind.TruncatedJson ? cursor.Length / 2 : cursor.Length;
    }

    /// <summary>Writes the key and the value, each to its own writer.</summary>
    public void Write(long index, IBufferWriter<byte> key, IBufferWriter<byte> value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        key.Advance(WriteKey(index, key.GetSpan(MaxKeyBytes)));
        value.Advance(WriteValue(index, value.GetSpan(MaxValueBytes)));
    }

    private void WriteUser(ref JsonCursor cursor, long index, BadKind bad)
    {
        if (bad == BadKind.MissingRequired)
        {
            cursor.Byte((byte)'"');
            return;
        }
        cursor.Raw("\",\"user_id\":"u8);
        if (bad == BadKind.WrongType) cursor.Raw("\"nobody\""u8);
        else cursor.Number(User(index));
    }

    private static void WriteField(ref JsonCursor cursor, EventField field, ulong bits)
    {
        cursor.Raw(field.Prefix);
        switch (field.Shape)
        {
            case ValueShape.Id:
                cursor.Number((long)(bits >> 28));
                break;
            case ValueShape.Digit:
                cursor.Number(1 + (long)(bits >> 32) % 9);
                break;
            case ValueShape.Count:
                cursor.Number((long)(bits >> 52));
                break;
            case ValueShape.Money:
                var cents = (long)(bits >> 32) % 1_000_000;
                cursor.Number(cents / 100);
                cursor.Byte((byte)'.');
                cursor.Digits(cents % 100, 2);
                break;
            case ValueShape.Ratio:
                cursor.Raw("0."u8);
                cursor.Digits((long)(bits >> 32) % 10_000, 4);
                break;
            case ValueShape.Flag:
                cursor.Raw((bits >> 63) == 0 ? "true"u8 : "false"u8);
                break;
            case ValueShape.Word:
                WriteWord(ref cursor, field, bits);
                cursor.Byte((byte)'"');
                break;
            case ValueShape.WordAndNumber:
                WriteWord(ref cursor, field, bits);
                cursor.Digits((long)(bits >> 16 & 0xFFFF), 5);
                cursor.Byte((byte)'"');
                break;
        }
    }

    private static void WriteWord(ref JsonCursor cursor, EventField field, ulong bits)
    {
        cursor.Byte((byte)'"');
        cursor.Raw(field.Words[(int)((bits >> 40) % (ulong)field.Words.Length)]);
    }

    // Fills up to the size asked for, the closing brace included.
    private void WriteNote(ref JsonCursor cursor, ulong bits)
    {
        var gap = _options.SizeBytes - cursor.Length - ",\"note\":\"\"}".Length;
        if (gap <= 0) return;
        cursor.Raw(",\"note\":\""u8);
        for (var from = (int)(bits >> 40) % FillerBytes; gap > 0; from = 0)
        {
            var piece = Math.Min(gap, FillerBytes - from);
            cursor.Raw(Filler.AsSpan(from, piece));
            gap -= piece;
        }
        cursor.Byte((byte)'"');
    }

    private long User(long index) => (long)(Draw(index, 3) >> 1) % _options.Users;

    private ulong Draw(long index, ulong stream) => Mix(_seed + (ulong)index * 0xD1342543DE82EF95 + stream * 0x9E3779B97F4A7C15);

    private static double Share(ulong bits) => (bits >> 11) / TwoToThe53;

    // The finalizer of SplitMix64: every input bit changes about half of the output bits.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static byte[] MakeFiller()
    {
        var filler = new byte[FillerBytes];
        for (var i = 0; i < filler.Length; i++)
        {
            var bits = Mix((ulong)i);
            filler[i] = bits % 100 < 15 ? (byte)' ' : (byte)('a' + (bits >> 32) % 26);
        }
        return filler;
    }
}
