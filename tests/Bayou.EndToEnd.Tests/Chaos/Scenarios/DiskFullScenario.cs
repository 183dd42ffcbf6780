namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>The disk of the tables and of the state directory is full for a while.</summary>
internal sealed class DiskFullScenario : IScenario
{
    private const long DiskBytes = 256L << 20;
    private const int BlockBytes = 64 << 10;

    public string Name => "disk-full";

    public string Description => $"the disk of tables and state full for some seconds (a file system of {DiskBytes >> 20} MiB in memory)";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        Mounts.Small(arena.Disk, DiskBytes);
        arena.Generate();
        var silo = await arena.RecoverAsync();

        var ballast = Path.Combine(arena.Disk, "ballast");
        Fill(ballast);
        await arena.UntilAsync("it says that the disk is full", silo, () => silo.Error.Contains("No space left"));
        await Task.Delay(context.IsShort ? TimeSpan.FromSeconds(1) : context.Moment(5000, 15000));
        var (rows, since) = (arena.Watch.AllRows, TimeProvider.System.GetTimestamp());
        File.Delete(ballast);
        await arena.RecoveredAsync(rows, since, silo);

        await arena.SettleAsync(silo);
        return $"{arena.Watch.AllRows:#,##0} rows; recovery counts from when there was room again";
    }

    // Until not even the smallest file fits.
    private static void Fill(string file)
    {
        using var ballast = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[BlockBytes];
        for (var size = block.Length; size >= 4096;)
        {
            try
            {
                ballast.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }
}
