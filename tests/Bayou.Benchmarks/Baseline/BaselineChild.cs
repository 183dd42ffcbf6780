using System.Text.Json;
using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines;

namespace Bayou.Benchmarks.Baseline;

/// <summary>The baseline in a process of its own.</summary>
internal static class BaselineChild
{
    /// <summary>The command that starts it. A <see cref="BaselineJob"/> comes by standard input, a <see cref="Measurement"/> goes to standard output.</summary>
    public const string Verb = "baseline-run";

    /// <summary>Runs it; the exit code is 1, with the reason on standard error, when the run does not count.</summary>
    public static async Task<int> RunAsync()
    {
        try
        {
            var job = JsonSerializer.Deserialize<BaselineJob>((await Console.In.ReadLineAsync())!)!;
            await new BaselinePipeline(PipelineFiles.Load(job.WarmUp)).RunAsync();
            var meter = new ProcessMeter();
            await new BaselinePipeline(PipelineFiles.Load(job.File)).RunAsync();
            Console.WriteLine(JsonSerializer.Serialize(meter.Stop()));
            return 0;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
