namespace Bayou.Cli.Testing;

/// <summary>What a run of the tests was and what it was not, said at its end.</summary>
internal static class LeftOut
{
    /// <summary>Two lines or more.</summary>
    /// <param name="scale">How hard the tests tried.</param>
    /// <param name="filter">Which tests were asked for; null for all.</param>
    /// <param name="unfinished">What there was no time for.</param>
    public static IEnumerable<string> Lines(TestScale scale, string? filter, IReadOnlyList<string> unfinished)
    {
        if (filter is null) yield return $"This run tried {scale}.";
        else yield return $"This run tried what matches '{filter}', with at most {scale with { Kills = 0 }}; all other tests were left out.";
        if (unfinished.Count > 0) yield return $"Left out for want of time ({scale.Limit?.TotalMinutes:0} minutes): {string.Join(", ", unfinished)}.";
        if (filter is not null && scale.Kills > 0) yield return "Left out: 'bayou chaos', which a filter does not apply to.";
        yield return scale.Kills == 0
            ? $"Left out: {TestScale.Soak}; './bayou test --soak' runs that in {TestScale.Soak.Limit?.TotalMinutes:0} minutes at most."
            : "Left out: further schedules and inputs (BAYOU_SCHEDULES=N or BAYOU_FUZZ=N with 'dotnet test PROJECT -c Release'), several silos of genuine Orleans, and machines that lose power.";
    }
}
