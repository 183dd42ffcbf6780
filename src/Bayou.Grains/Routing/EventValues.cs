using System.Runtime.CompilerServices;

namespace Bayou.Grains.Routing;

/// <summary>
/// Where the values that a <see cref="PathTree"/> asks for lie in the current event. Of a name that comes twice in one object the last one counts, with everything
/// below it. Not safe for concurrent use.
/// </summary>
internal sealed class EventValues(PathNode[] nodes)
{
    private static readonly FieldValue[] Nothing = new FieldValue[1];

    private readonly FieldValue[] _values = new FieldValue[nodes.Length];
    private uint _stamp;

    /// <summary>The value at a node; of kind <see cref="JsonKind.Missing"/> when there is none.</summary>
    public ref readonly FieldValue this[int node]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref var value = ref _values[node];
            if (value.Stamp != _stamp) return ref Nothing[0];
            return ref value;
        }
    }

    /// <summary>Forgets all values: another event begins, or the same one anew.</summary>
    public void Begin()
    {
        if (++_stamp != 0) return;
        Array.Clear(_values);
        _stamp = 1;
    }

    /// <summary>Takes a value, which is a number only if not in plain digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int node, int start, int end, JsonKind kind, bool escaped)
    {
        ref var value = ref Renew(node);
        value.Start = start;
        value.End = end;
        value.Kind = kind;
        value.Escaped = escaped;
        value.Number.IsPlain = false;
    }

    /// <summary>Takes a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddNumber(int node, int start, int end, in PlainNumber number)
    {
        ref var value = ref Renew(node);
        value.Start = start;
        value.End = end;
        value.Kind = JsonKind.Number;
        value.Escaped = false;
        value.Number = number;
    }

    /// <summary>The object or array at a node ends.</summary>
    public void Close(int node, int end) => _values[node].End = end;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref FieldValue Renew(int node)
    {
        ref var value = ref _values[node];
        if (value.Stamp == _stamp) Forget(node);
        value.Stamp = _stamp;
        return ref value;
    }

    // The name came before in the same object: what lay below it then is gone with it.
    private void Forget(int node)
    {
        for (var below = node + 1; below <= nodes[node].LastDescendant; below++) _values[below].Stamp = _stamp - 1;
    }
}
