using System.Diagnostics;
using System.Xml.Linq;

namespace Bayou.Cli.Testing;

/// <summary>A test project of the repository.</summary>
internal sealed class TestProject(string home, string file)
{
    private const int ShownBuildErrors = 40;

    /// <summary>The project's name.</summary>
    public string Name => Path.GetFileNameWithoutExtension(file);

    /// <summary>Every project under <c>tests</c> that says it is one, ordered by name.</summary>
    public static IReadOnlyList<TestProject> FindAll(string home)
    {
        var folder = new DirectoryInfo(Path.Combine(home, "tests"));
        if (!folder.Exists)
            return [];

        return [.. folder.GetDirectories().SelectMany(project => project.GetFiles("*.csproj")).Select(project => project.FullName)
            .Where(project => File.ReadAllText(project).Contains("<IsTestProject>true<", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(project => new TestProject(home, project))];
    }

    /// <summary>Builds and runs it in Release. A project that cannot be built or leaves no results counts as one failure.</summary>
    public async Task<TestResult> RunAsync(string dotnet, string? filter, TestScale scale, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home, "artifacts", "test-results", Name)).FullName;
        var results = Path.Combine(folder, "results.trx");
        File.Delete(results);
        var start = new ProcessStartInfo(dotnet) { WorkingDirectory = home, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments(folder, filter, scale.HangLimit))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in scale.Environment)
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{dotnet} did not start");
        using var killing = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var log = await output + await error;
        await File.WriteAllTextAsync(Path.Combine(folder, "output.log"), log, cancellation);

        if (!File.Exists(results))
        {
            return process.ExitCode == 0
                ? new TestResult(TestCount.Zero, [])
                : new TestResult(new TestCount(0, 1, 0), ["FAILED to build or start:", .. Errors(log)]);
        }

        var result = TrxFile.Read(XDocument.Load(results));
        return process.ExitCode != 0 && result.Count.Failed == 0 && result.Count != TestCount.Zero
            ? new TestResult(result.Count + new TestCount(0, 1, 0), [.. result.Lines, "FAILED the test process ended with an error:", .. Errors(log)])
            : result;
    }

    private string[] Arguments(string folder, string? filter, string hangLimit)
    {
        string[] fixedPart =
        [
            "test", file, "-c", "Release", "-nologo", "--logger", "trx;LogFileName=results.trx", "--results-directory", folder,
            "--blame-hang", "--blame-hang-timeout", hangLimit, "--blame-hang-dump-type", "none",
        ];
        if (filter is null)
            return fixedPart;

        var expression = filter.AsSpan().IndexOfAny("=~&|") < 0 ? $"FullyQualifiedName~{filter}" : filter;
        return [.. fixedPart, "--filter", expression];
    }

    private static IEnumerable<string> Errors(string log)
    {
        var lines = log.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "  " + line.TrimEnd()).ToArray();
        var errors = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(ShownBuildErrors).ToArray();
        return errors.Length > 0 ? errors : lines.TakeLast(ShownBuildErrors);
    }
}
