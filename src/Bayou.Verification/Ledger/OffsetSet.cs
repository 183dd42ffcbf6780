using System.Numerics;

namespace Bayou.Verification.Ledger;

/// <summary>
/// A set of offsets of one partition: a bit each, in blocks that exist only where there is an offset. A billion offsets in a row are 125 MB. Not safe for concurrent use.
/// </summary>
public sealed class OffsetSet
{
    private const int BlockBits = 12;
    private const int WordsPerBlock = 1 << (BlockBits - 6);

    private readonly Dictionary<long, ulong[]> _blocks = [];
    private long _lastNumber = -1;
    private ulong[] _last = [];

    /// <summary>Number of offsets in the set.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an offset; false when it was there.</summary>
    public bool Add(long offset)
    {
        ref var word = ref Block(offset, create: true)![Word(offset)];
        if ((word & Bit(offset)) != 0) return false;
        word |= Bit(offset);
        Count++;
        return true;
    }

    /// <summary>Takes an offset out; false when it was not there.</summary>
    public bool Remove(long offset)
    {
        if (Block(offset, create: false) is not { } block) return false;
        ref var word = ref block[Word(offset)];
        if ((word & Bit(offset)) == 0) return false;
        word &= ~Bit(offset);
        Count--;
        return true;
    }

    /// <summary>True when the offset is in the set.</summary>
    public bool Contains(long offset) => Block(offset, create: false) is { } block && (block[Word(offset)] & Bit(offset)) != 0;

    /// <summary>The offsets, ascending. The set must not change meanwhile.</summary>
    public IEnumerable<long> Ascending()
    {
        if (Count == 0) yield break;
        foreach (var number in _blocks.Keys.Order())
        {
            var block = _blocks[number];
            for (var index = 0; index < block.Length; index++)
                for (var word = block[index]; word != 0; word &= word - 1)
                    yield return (number << BlockBits) + (index << 6) + BitOperations.TrailingZeroCount(word);
        }
    }

    private static int Word(long offset) => (int)(offset >> 6) & (WordsPerBlock - 1);

    private static ulong Bit(long offset) => 1UL << (int)(offset & 63);

    // Rows come in runs, so that the block is mostly the one of the call before.
    private ulong[]? Block(long offset, bool create)
    {
        var number = offset >> BlockBits;
        if (number == _lastNumber) return _last;
        if (!_blocks.TryGetValue(number, out var block))
        {
            if (!create) return null;
            _blocks.Add(number, block = new ulong[WordsPerBlock]);
        }

        (_lastNumber, _last) = (number, block);
        return block;
    }
}
