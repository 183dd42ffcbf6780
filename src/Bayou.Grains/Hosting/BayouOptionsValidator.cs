using Microsoft.Extensions.Options;

namespace Bayou.Grains.Hosting;

/// <summary>Checks <see cref="BayouOptions"/> before a silo starts.</summary>
internal sealed class BayouOptionsValidator : IValidateOptions<BayouOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BayouOptions options)
    {
        var problems = new List<string>();
        if (options.WorkThreads < 0)
            problems.Add($"{BayouOptions.Section}:WorkThreads is {options.WorkThreads}; give 1 or more, or 0 for as many as cores");
        CheckPositive(nameof(options.SliceMemoryBytes), options.SliceMemoryBytes, "nothing could be held for a commit", problems);
        CheckPositive(nameof(options.LeastTableBytes), options.LeastTableBytes, "a table could hold nothing", problems);
        CheckPositive(nameof(options.BatchRecords), options.BatchRecords, "nothing would be read", problems);
        CheckPositive(nameof(options.BatchBytes), options.BatchBytes, "nothing would be read", problems);
        CheckInterval(nameof(options.ReviveEvery), options.ReviveEvery, problems);
        CheckInterval(nameof(options.DiscoverEvery), options.DiscoverEvery, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckPositive(string property, long value, string consequence, List<string> problems)
    {
        if (value <= 0) problems.Add($"{BayouOptions.Section}:{property} is {value}, so {consequence}; give 1 or more");
    }

    private static void CheckInterval(string property, TimeSpan value, List<string> problems)
    {
        if (value < TimeSpan.FromMilliseconds(1) || value > TimeSpan.FromDays(1))
            problems.Add($"{BayouOptions.Section}:{property} is {value}; give 1 ms to 1 day");
    }
}
