using System.Security.Cryptography;
using System.Text;
using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>The idempotency key of a batch for a sink without cursors: the same for the same offsets of the same table, whenever and by whomever they are written.</summary>
internal static class BatchKey
{
    /// <summary>32 hex digits.</summary>
    public static string Of(string place, IEnumerable<CursorMove> moves)
    {
        var text = new StringBuilder(place);
        foreach (var move in moves.OrderBy(move => move.Key.Partition.Topic, StringComparer.Ordinal).ThenBy(move => move.Key.Generation).ThenBy(move => move.Key.Partition.Partition))
            text.Append('\n').Append(move.Key).Append(' ').Append(move.From).Append(' ').Append(move.Next);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
