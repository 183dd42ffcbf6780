using System.Runtime.InteropServices;
using Bayou.Sinks;
using Bayou.Sources;
using Confluent.Kafka;

namespace Bayou.Benchmarks.Bench;

/// <summary>Runs a benchmark so that an interrupt ends it in order, with its processes, broker and folders, and failures become exit codes.</summary>
internal static class Interruptible
{
    /// <summary>The exit code: 0, 1 when a run failed or was interrupted, 2 for wrong arguments.</summary>
    /// <param name="help">Printed when arguments are wrong.</param>
    /// <param name="run">The benchmark.</param>
    public static async Task<int> RunAsync(string help, Func<CancellationToken, Task> run)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            await run(stopping.Token);
            return 0;
        }
        // An interrupt of the terminal ends the child processes, too; what they leave unsaid is no failure.
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            Console.Error.WriteLine("interrupted; nothing is compared");
            return 1;
        }
        catch (ArgumentException mistake)
        {
            Console.Error.WriteLine($"{mistake.Message}\n\n{help}");
            return 2;
        }
        catch (Exception failure) when (failure is InvalidOperationException or KafkaException or SourceException or SinkException or IOException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
