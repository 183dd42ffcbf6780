using System.Runtime.InteropServices;
using Bayou.EndToEnd.Tests.Chaos;
using Bayou.EndToEnd.Tests.Support;

// This project is a test assembly, and the program behind `bayou chaos`.
ChaosOptions options;
try
{
    options = ChaosOptions.Parse(args);
}
catch (ArgumentException mistake)
{
    Console.Error.WriteLine($"bayou: {mistake.Message}");
    return 2;
}

if (options.Bootstrap is null && SharedTools.Kafka is null)
{
    Console.Error.WriteLine("bayou: chaos kills brokers too, and found none to start: the script kafka/kafka-local is neither in the folder that BAYOU_SHARED names nor in a folder 'shared' beside "
        + "the sources. With a broker of yours, everything else can be run: bayou chaos --bootstrap HOST:PORT");
    return 1;
}

var run = new ChaosRun(options, Console.Out);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Abandon);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Abandon);
try
{
    return await run.RunAsync();
}
catch (InvalidOperationException failure)
{
    Console.Error.WriteLine($"bayou: chaos ends, because its broker could not be started or ended: {failure.Message}");
    return 1;
}

// What runs is cut off where it is.
void Abandon(PosixSignalContext context)
{
    context.Cancel = true;
    run.AbandonAsync().Wait();
    Environment.Exit(1);
}
