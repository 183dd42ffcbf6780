using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Bayou.Storage;

/// <summary>Registering the storage in files.</summary>
public static class FileGrainStorageExtensions
{
    /// <summary>Adds a storage that keeps each state in a file. One process may use a folder at a time.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The storage's name; "Default" makes it the default storage.</param>
    /// <param name="configure">Sets the folder.</param>
    /// <exception cref="OrleansConfigurationException">No folder is set (when the storage is first used).</exception>
    public static ISiloBuilder AddFileGrainStorage(this ISiloBuilder builder, string name, Action<FileGrainStorageOptions> configure)
    {
        builder.Services.AddOptions<FileGrainStorageOptions>(name).Configure(configure);
        builder.Services.AddGrainStorage(name, static (services, key) =>
        {
            var options = services.GetRequiredService<IOptionsMonitor<FileGrainStorageOptions>>().Get(key);
            return string.IsNullOrWhiteSpace(options.RootDirectory)
                ? throw new OrleansConfigurationException($"Grain storage \"{key}\": FileGrainStorageOptions.RootDirectory is empty; set the folder that state is kept in.")
                : new FileGrainStorage(options);
        });
        return builder;
    }
}
