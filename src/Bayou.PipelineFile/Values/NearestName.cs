namespace Bayou.PipelineFile.Values;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The closest of <paramref name="allowed"/>, when few enough characters differ; otherwise null.</summary>
    public static string? Find(string given, IEnumerable<string> allowed)
    {
        if (given.Length is 0 or > LongestName) return null;
        var limit = Math.Max(1, given.Length / 3);
        string? best = null;
        foreach (var name in allowed)
        {
            if (string.Equals(name, given, StringComparison.OrdinalIgnoreCase)) return name;
            var distance = Distance(given, name, limit);
            if (distance > limit) continue;
            (best, limit) = (name, distance - 1);
        }
        return best;
    }

    /// <summary><c>; did you mean 'x'?</c>, or nothing.</summary>
    public static string Hint(string given, IEnumerable<string> allowed) =>
        Find(given, allowed) is { } name ? $"; did you mean '{name}'?" : "";

    // Insertions, deletions, replacements and swapped neighbours, ignoring case; anything above the limit may be told as limit + 1.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        Span<int> twoAbove = stackalloc int[LongestName * 2 + 1];
        Span<int> above = stackalloc int[LongestName * 2 + 1];
        Span<int> row = stackalloc int[LongestName * 2 + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
            }
            var free = twoAbove;
            twoAbove = above;
            above = row;
            row = free;
        }
        return above[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
