using System.Text;

namespace Bayou.PipelineFile.Yaml;

/// <summary>Reads the file's bytes as text, within bounds.</summary>
internal static class FileText
{
    /// <summary>Largest pipeline file, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text; null when it cannot be read, which is reported.</summary>
    public static string? Load(string path, ProblemList problems)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Decode(bytes.AsSpan(0, length), problems);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(1, 1, "there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add(1, 1, Directory.Exists(path) ? "is a folder; a pipeline file is expected" : $"the file cannot be read: {e.Message}");
        }
        return null;
    }

    /// <summary>The text of the bytes; null when there are too many or they are not UTF-8, which is reported.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (bytes.Length > MaxBytes)
        {
            problems.Add(1, 1, "the file is larger than 1 MiB; split it into several pipelines");
            return null;
        }
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            // The index that the decoder reports counts from the start of the span.
            var before = bytes[..Math.Clamp(e.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = before.Length - before.LastIndexOf((byte)'\n');
            problems.Add(line, column, "the file is not UTF-8 text here; save it as UTF-8");
            return null;
        }
    }
}
