using System.Numerics;

namespace Bayou.Parquet;

/// <summary>The least and the greatest of values of fixed width. A NaN among them leaves no bounds; zeros count as -0 below and +0 above, as the format asks.</summary>
internal struct FixedBounds<T> where T : unmanaged, INumber<T>
{
    private T _min;
    private T _max;
    private bool _any;
    private bool _nan;

    /// <summary>True when there are bounds.</summary>
    public readonly bool Exists => _any && !_nan;

    /// <summary>The least value.</summary>
    public readonly T Min => T.IsZero(_min) && typeof(T) != typeof(Int128) ? -T.Zero : _min;

    /// <summary>The greatest value.</summary>
    public readonly T Max => T.IsZero(_max) ? T.Zero : _max;

    /// <summary>Takes in a value.</summary>
    public void Add(T value) => Add(new ReadOnlySpan<T>(in value));

    /// <summary>Takes in values.</summary>
    public void Add(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty) return;
        var (min, max) = _any ? (_min, _max) : (values[0], values[0]);
        var nan = false;
        foreach (var value in values)
        {
            if (value < min) min = value;
            if (value > max) max = value;
            nan |= T.IsNaN(value);
        }

        (_min, _max, _any) = (min, max, true);
        _nan |= nan;
    }

    /// <summary>Takes in all that <paramref name="other"/> took in.</summary>
    public void Add(in FixedBounds<T> other)
    {
        if (!other._any) return;
        _nan |= other._nan;
        Add(other._min);
        Add(other._max);
    }
}
