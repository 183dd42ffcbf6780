using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.GrainHost;

/// <summary>Keeps states in memory, as bytes, for as long as the silo lives.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), Record> _records = new();
    private readonly MessageCopier _copier = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = _records.GetValueOrDefault((stateName, grainId));
        var exists = record?.Value is not null;
        grainState.State = exists ? _copier.Read<T>(record!.Value!) : StateOf<T>.New();
        grainState.ETag = exists ? record!.ETag : null;
        grainState.RecordExists = exists;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = new Record(Guid.NewGuid().ToString("N"), _copier.Write(grainState.State));
        Replace(stateName, grainId, grainState.ETag, record);
        grainState.ETag = record.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Replace(stateName, grainId, grainState.ETag, new Record(Guid.NewGuid().ToString("N"), null));
        grainState.State = StateOf<T>.New();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private void Replace(string stateName, GrainId grainId, string? etag, Record record)
    {
        _records.AddOrUpdate((stateName, grainId), static (_, made) => made.record, (_, stored, made) =>
        {
            var expected = stored.Value is null ? null : stored.ETag;
            if (made.etag != "*" && made.etag != expected)
            {
                throw new InconsistentStateException(
                    $"State \"{stateName}\" of {grainId} was written by another.", expected, made.etag);
            }

            return made.record;
        }, (record, etag));
    }

    private sealed record Record(string ETag, byte[]? Value);
}
