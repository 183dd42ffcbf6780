using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bayou.PipelineFile;

namespace Bayou.Tests.PipelineFile;

/// <summary>Mutated files are read or refused with places, and nothing else. <c>BAYOU_FUZZ</c> sets how many (1,000), <c>BAYOU_SEED</c> where to begin (1).</summary>
public sealed class FuzzTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "\t", "&a ", "*a", "<<: *a", "!!str ", "!", "| \n", ">-\n ", "'", "\"", "#", "${", "${SECRET}", "$$", "\\", "\"\\x",
        "\"\\U0011ffff\"", "---\n", "...\n", "%YAML 1.2\n", "? ", "~", "null", "-1", "1e9", "99999999999999999999", "decimal(", "decimal(38,39)", "9223372036854775807GiB", "9999999999999d",
        "\u0000", "\u0085", "\u2028", "\ufeff", "\ud83d\ude00", "_", ".", "..", "a.b", "orders", "columns:", "sink:", "{ delta: { path: x } }", "unmatched: orders", "start: { offsets: { \"events/0\": 1 } }",
    ];

    [Fact]
    public void Parse_mutated_file_is_read_or_refused()
    {
        var count = Number("BAYOU_FUZZ", 1_000);
        var seed = Number("BAYOU_SEED", 1);
        for (var i = 0; i < count; i++)
        {
            var bytes = Mutate(new Random(seed + i));
            var started = Stopwatch.GetTimestamp();
            try
            {
                Assert.NotEmpty(PipelineFileReader.Parse(bytes, Files.Path, Files.Sinks, Files.Sources, name => name == "SECRET" ? "hunter2" : null).Tables);
            }
            catch (PipelineFileException e)
            {
                Assert.NotEmpty(e.Problems);
                Assert.All(e.Problems, p => Assert.True(p is { Line: >= 1, Column: >= 1, Message.Length: > 0 } && !p.Message.Contains("hunter2", StringComparison.Ordinal), p.ToString()));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Input {seed + i} ended in {e}\n{Encoding.UTF8.GetString(bytes)}");
            }
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"Input {seed + i} took {Stopwatch.GetElapsedTime(started)}.");
        }
    }

    private static byte[] Mutate(Random random)
    {
        var text = new StringBuilder(Files.Shop);
        for (var n = random.Next(1, 8); n > 0 && text.Length > 0; n--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            switch (random.Next(6))
            {
                case 0: text.Remove(at, length); break;
                case 1: text.Insert(at, text.ToString(at, length)); break;
                case 2: text[at] = (char)random.Next(1, 128); break;
                case 3: text.Length = at + 1; break;
                default: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
            }
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(20) == 0 && bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
