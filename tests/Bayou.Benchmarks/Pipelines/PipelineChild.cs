using System.Text.Json;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Pipelines;

/// <summary>A silo in a process of its own that runs one pipeline, so that memory and processor time are the pipeline's.</summary>
internal static class PipelineChild
{
    /// <summary>The command that starts it. A <see cref="PipelineJob"/> comes by standard input, one line; answers go to standard output, a line each.</summary>
    public const string Verb = "pipeline-run";

    /// <summary>Command of a job that is not bounded: begin to measure.</summary>
    public const string Begin = "begin";

    /// <summary>Command of a job that is not bounded: answer with the <see cref="Measurement"/> since <see cref="Begin"/>.</summary>
    public const string End = "end";

    /// <summary>Command of a job that is not bounded: commit what was accepted and end.</summary>
    public const string Stop = "stop";

    /// <summary>Runs it; the exit code is 1, with the reason on standard error, when the run does not count.</summary>
    public static async Task<int> RunAsync()
    {
        try
        {
            var job = JsonSerializer.Deserialize<PipelineJob>((await Console.In.ReadLineAsync())!)!;
            // From the process's start for a cold run, before anything of ours has taken time.
            var meter = new ProcessMeter(sinceStart: true);
            await using var silo = await BenchSilo.StartAsync(job);
            if (job.WarmUp is { } file)
            {
                await silo.RunAsync(file, meter, apart: null, freeze: false);
                meter = new ProcessMeter();
            }

            if (job.Bounded) Answer(await silo.RunAsync(job.File, meter, job.Apart, job.Freeze));
            else await ServeAsync(silo, job);
            return 0;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(BenchSilo silo, PipelineJob job)
    {
        await silo.StartLiveAsync(job.File);
        Answer("running");
        var meter = new ProcessMeter();
        while (await Console.In.ReadLineAsync() is { } command and not Stop)
        {
            if (command == Begin) meter = new ProcessMeter();
            Answer(command == End ? meter.Stop() : null);
        }
    }

    private static void Answer(object? answer) => Console.WriteLine(JsonSerializer.Serialize(answer));
}
