namespace Bayou.Kafka.Connections.Options;

/// <summary>Finds the option that was probably meant.</summary>
internal static class NearestOption
{
    private const int LongestName = 80;

    /// <summary>The known name that differs from <paramref name="given"/> in the fewest characters, when that is at most a third of them; else null.</summary>
    public static string? Find(string given, IEnumerable<string> known)
    {
        if (given.Length is 0 or > LongestName) return null;
        var (best, least) = ((string?)null, given.Length / 3 + 1);
        foreach (var name in known)
        {
            var distance = Distance(given.ToLowerInvariant(), name);
            if (distance < least || (distance == least && best is not null && string.CompareOrdinal(name, best) < 0)) (best, least) = (name, distance);
        }

        return best;
    }

    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++) row[column] = column;
        for (var line = 1; line <= from.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = diagonal + (from[line - 1] == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(diagonal, row[column - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
