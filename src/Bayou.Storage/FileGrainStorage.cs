using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.Storage;

/// <summary>
/// Keeps each state in a JSON file of its own: <c>{root}/{state name}/{grain}.json</c>, from public properties by
/// System.Text.Json. A write is durable when it returns, and either there wholly or not at all. The files
/// and the folders that they are in are their owner's alone, as state may hold secrets. One process may use a folder at a time.
/// </summary>
/// <param name="options">Where the files are.</param>
public sealed class FileGrainStorage(FileGrainStorageOptions options) : IGrainStorage
{
    /// <summary>Largest state file that is read, in bytes. A state grows to a small part of this in years.</summary>
    internal const long MaxBytes = 64 << 20;

    // A null where the grain's code expects a value would be found far from the file that it came from.
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, RespectNullableAnnotations = true };
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or is another grain's; it is left as it is.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        var document = await InTurnAsync(path, () => Read<T>(path, stateName, grainId));
        grainState.State = document is null ? New<T>() : document.State;
        grainState.ETag = document?.ETag;
        grainState.RecordExists = document is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or is another grain's; it is left as it is.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        var expected = grainState.ETag;
        var etag = NextETag(expected);

        // Before anything is awaited: the grain may go on to change the value.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(
            new StateDocument<T> { Grain = grainId.ToString(), Name = stateName, ETag = etag, State = grainState.State }, s_json);
        await InTurnAsync(path, () =>
        {
            Check(Read<JsonElement>(path, stateName, grainId)?.ETag, expected, stateName, grainId);
            DurableFile.Replace(path, bytes);
            return true;
        });
        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or is another grain's; it is left as it is.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        var expected = grainState.ETag;
        await InTurnAsync(path, () =>
        {
            Check(Read<JsonElement>(path, stateName, grainId)?.ETag, expected, stateName, grainId);
            DurableFile.Delete(path);
            return true;
        });
        grainState.State = New<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static T New<T>() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null
        ? Activator.CreateInstance<T>()
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    private static string NextETag(string? before)
    {
        var counter = before?.Split('-')[0];
        var number = ulong.TryParse(counter, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known + 1 : 1;
        return $"{number.ToString(CultureInfo.InvariantCulture)}-{Random.Shared.Next():x8}";
    }

    private static void Check(string? stored, string? expected, string stateName, GrainId grainId)
    {
        if (stored == expected) return;
        throw new InconsistentStateException(
            $"State \"{stateName}\" of {grainId} was not written: version {stored ?? "(none)"} is stored, and the writer had read version {expected ?? "(none)"}.",
            stored,
            expected);
    }

    private static StateDocument<T>? Read<T>(string path, string stateName, GrainId grainId)
    {
        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxBytes) throw Unreadable($"it is {length} bytes long, and the largest that is read is {MaxBytes}.", null);
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        StateDocument<T>? document;
        try
        {
            document = JsonSerializer.Deserialize<StateDocument<T>>(bytes, s_json);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw Unreadable(exception.Message, exception);
        }

        if (document is null || document.Grain != grainId.ToString() || document.Name != stateName)
            throw new InvalidDataException($"{path} does not hold state \"{stateName}\" of {grainId} but state \"{document?.Name}\" of {document?.Grain}. Restore it, or move it away to start without state.");
        return document.State is not null ? document : throw Unreadable("it holds no value.", null);

        InvalidDataException Unreadable(string why, Exception? cause) =>
            new($"{path} is not readable as state \"{stateName}\" of {grainId}: {why} Restore it, or move it away to start without state.", cause);
    }

    private string PathOf(string stateName, GrainId grainId) => Path.Combine(
        Path.GetFullPath(options.RootDirectory),
        StateFileName.Of(System.Text.Encoding.UTF8.GetBytes(stateName)),
        StateFileName.Of([.. grainId.Type.AsSpan(), (byte)'/', .. grainId.Key.AsSpan()]) + ".json");

    // File work is done off the grain's turn, one piece at a time for each file.
    private async Task<TResult> InTurnAsync<TResult>(string path, Func<TResult> work)
    {
        var gate = _gates.GetOrAdd(path, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            gate.Release();
        }
    }
}
