using System.Globalization;
using System.Text;
using Bayou.Grains.Partitions;
using Bayou.Grains.Pipelines;
using Bayou.PipelineFile;
using Bayou.Sources;
using Bayou.Storage;
using Bayou.Tests.PipelineFile;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.Tests.Storage;

/// <summary>
/// Damaged state files are read, or refused with the file's name, and nothing else; and left as they are. <c>BAYOU_FUZZ</c> is how many of each kind of state
/// (1,000), <c>BAYOU_SEED</c> where to begin (1).
/// </summary>
public sealed class StateFileFuzzTests : IDisposable
{
    private static readonly int Inputs = Number("BAYOU_FUZZ", 1_000);
    private static readonly int Seed = Number("BAYOU_SEED", 1);
    private static readonly string[] Pieces =
    [
        "null", "0", "-1", "1e999", "99999999999999999999", "\"\"", "\"x\"", "[]", "{}", "[null]", "{\"\":null}", "true", "NaN", ",", ":", "{", "}", "[", "]", "\"", "\\", "\\ud800", "\u0000", "\ufeff", "//", "/*",
        "\"Version\": 7,", "\"State\": null,", "\"$ref\": \"1\",", "\"$type\": \"x\",",
    ];

    private static readonly GrainId Grain = GrainId.Create("pipeline", "shop");
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("bayou-state-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Read_damaged_pipeline_state_is_read_or_refused()
    {
        var definition = PipelineFileReader.Parse(Encoding.UTF8.GetBytes(Files.Shop), Files.Path, Files.Sinks, Files.Sources, _ => "x");
        var topic = new TopicPartition("events", 0);
        var (read, misfit) = await DamageAsync(new PipelineGrainState
        {
            Definitions = { [1] = definition, [2] = definition },
            Version = 1,
            TakingOverTo = 2,
            ShouldRun = true,
            PausedTables = ["orders"],
            InitializedTables = ["orders"],
            Partitions = { [topic.ToString()] = new PartitionStart { Topic = "events", Partition = 0, Generation = 1, Start = 12 } },
            Sources = [new SourceIdentity { Topic = "events", Generation = 1, ClusterId = "c" }],
            TableStarts = { ["orders"] = new() { ["events/0"] = 3 } },
            Floors = { [2] = new() { ["events/0"] = 3 } },
        }, PipelineStates.Check);

        Assert.True(Inputs < 1_000 || (read > 0 && misfit > 0), $"{read} were read, {misfit} of them did not fit together.");
    }

    [Fact]
    public async Task Read_damaged_partition_state_is_read_or_refused()
    {
        var (read, _) = await DamageAsync(new PartitionGrainState
        {
            Version = 1,
            Generation = 1,
            Hints = { ["orders"] = new RowHint { From = 1, Next = 9 } },
            Lost = [new OffsetRange(3, 7)],
        }, _ => null);

        Assert.True(Inputs < 1_000 || read > 0);
    }

    [Fact]
    public async Task Read_file_beyond_all_measure_is_refused()
    {
        var (storage, file) = await WriteAsync(new PartitionGrainState());
        using (var stream = File.OpenWrite(file)) stream.SetLength(64L << 30);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => storage.ReadStateAsync("state", Grain, new GrainState<PartitionGrainState>()));

        Assert.Equal($"{file} is not readable as state \"state\" of {Grain}: it is {64L << 30} bytes long, and the largest that is read is {64 << 20}. Restore it, or move it away to start without state.", refused.Message);
    }

    [Fact]
    public async Task Read_deep_nesting_is_refused()
    {
        var (storage, file) = await WriteAsync(new PartitionGrainState());
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("{\"State\":", 200_000)));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => storage.ReadStateAsync("state", Grain, new GrainState<PartitionGrainState>()));

        Assert.StartsWith($"{file} is not readable as state \"state\" of {Grain}: ", refused.Message);
    }

    [Theory]
    [InlineData(7, 0, "it names version 7 of the definition and does not hold it.")]
    [InlineData(0, 7, "it names version 7 of the definition and does not hold it.")]
    public void Check_version_that_is_not_held_is_told(int version, int takingOverTo, string expected) =>
        Assert.Equal(expected, PipelineStates.Check(new PipelineGrainState { Version = version, TakingOverTo = takingOverTo }));

    private async Task<(int Read, int Misfit)> DamageAsync<T>(T state, Func<T, string?> check)
        where T : class, new()
    {
        var (storage, file) = await WriteAsync(state);
        var whole = File.ReadAllBytes(file);
        var (read, misfit) = (0, 0);
        for (var seed = Seed; seed < Seed + Inputs; seed++)
        {
            var bytes = Mutate(whole, new Random(seed));
            File.WriteAllBytes(file, bytes);
            try
            {
                var found = new GrainState<T>();
                await storage.ReadStateAsync("state", Grain, found);
                read++;
                if (check(found.State!) is not null) misfit++;
            }
            catch (InvalidDataException refused)
            {
                Assert.Contains(file, refused.Message, StringComparison.Ordinal);
            }
            catch (Exception failure)
            {
                Assert.Fail($"BAYOU_FUZZ=1 BAYOU_SEED={seed}: {failure}\n{Encoding.UTF8.GetString(bytes)}");
            }

            Assert.Equal(bytes, File.ReadAllBytes(file));
        }

        return (read, misfit);
    }

    private async Task<(IGrainStorage Storage, string File)> WriteAsync<T>(T state)
        where T : class, new()
    {
        var storage = new FileGrainStorage(new FileGrainStorageOptions { RootDirectory = _root.FullName });
        await storage.WriteStateAsync("state", Grain, new GrainState<T>(state));
        return (storage, Assert.Single(Directory.GetFiles(_root.FullName, "*.json", SearchOption.AllDirectories)));
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var n = random.Next(1, 5); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes.RemoveRange(at, length); break;
                case 1: bytes.RemoveRange(at, bytes.Count - at); break;
                case 2: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: ReplaceValue(bytes, at, random); break;
                case 5: bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\"0"[random.Next(4)], random.Next(1, 5_000))); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
            }
        }

        return [.. bytes];
    }

    // From a colon to the end of its line: what is left is JSON more often than not.
    private static void ReplaceValue(List<byte> bytes, int at, Random random)
    {
        var colon = bytes.IndexOf((byte)':', at);
        if (colon < 0) return;
        var end = bytes.FindIndex(colon, one => one is (byte)'\n' or (byte)',');
        if (end < 0) return;
        bytes.RemoveRange(colon + 1, end - colon - 1);
        bytes.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Pieces[random.Next(12)]));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
