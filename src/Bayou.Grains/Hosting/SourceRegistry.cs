using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Grains.Hosting;

/// <summary>The silo's open sources: one for all grains of a pipeline. Pipelines share none, as a partition has one live reader in each.</summary>
internal sealed class SourceRegistry(IEnumerable<ISourceFactory> factories) : IAsyncDisposable
{
    private readonly Dictionary<string, ISourceFactory> _factories = factories.ToDictionary(factory => factory.Kind);
    private readonly Dictionary<string, Task<ISource>> _sources = [];

    /// <summary>The source, opened at the first call. A failure to open is not remembered.</summary>
    /// <exception cref="SourceException">It could not be opened.</exception>
    public async Task<ISource> GetAsync(string pipeline, SourceDefinition definition)
    {
        var key = Key(pipeline, definition);
        Task<ISource> opening;
        lock (_sources)
        {
            if (!_sources.TryGetValue(key, out opening!))
            {
                opening = Task.Run(() => OpenAsync(definition));
                _sources.Add(key, opening);
            }
        }

        try
        {
            return await opening;
        }
        catch
        {
            lock (_sources)
            {
                if (_sources.TryGetValue(key, out var current) && current == opening) _sources.Remove(key);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<ISource>[] open;
        lock (_sources) open = [.. _sources.Values];
        foreach (var source in open)
            if (source.IsCompletedSuccessfully) await source.Result.DisposeAsync();
    }

    private Task<ISource> OpenAsync(SourceDefinition definition) => _factories.TryGetValue(definition.Kind, out var factory)
        ? factory.OpenAsync(definition, CancellationToken.None)
        : throw new SourceException(SourceErrorKind.Fatal, $"A source of kind '{definition.Kind}' is wanted, which this silo does not have; it has {string.Join(", ", _factories.Keys.Order())}.");

    private static string Key(string pipeline, SourceDefinition definition) => string.Join('\n',
        [pipeline, definition.Kind, .. definition.Topics.Order(), .. definition.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}")]);
}
