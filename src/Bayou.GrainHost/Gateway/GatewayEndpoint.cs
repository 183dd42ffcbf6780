using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>The local socket that stands for a gateway port: in a folder that only this user can enter.</summary>
internal static partial class GatewayEndpoint
{
    /// <summary>The socket's path; makes the folder.</summary>
    /// <exception cref="OrleansConfigurationException">The folder cannot be this user's alone.</exception>
    public static string PathOf(int port)
    {
        var directory = Folder();
        try
        {
            if (new DirectoryInfo(directory) is { LinkTarget: not null }) throw new OrleansConfigurationException($"{directory} is a link; the gateway needs a folder of its own.");
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Directory.CreateDirectory(directory, Owner);

                // Only the owner may do this, so a folder that another user put there is found out.
                File.SetUnixFileMode(directory, Owner);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OrleansConfigurationException($"The gateway's folder {directory} cannot be made or is not this user's: {exception.Message}", exception);
        }

        return Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"gateway-{port}.sock"));
    }

    public static UnixDomainSocketEndPoint At(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new OrleansConfigurationException($"The gateway's path {path} is too long for a socket; set XDG_RUNTIME_DIR to a shorter folder.", exception);
        }
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Directory.Exists(runtime))
            return Path.Combine(runtime, "bayou");
        var user = OperatingSystem.IsWindows() ? Environment.UserName : GetUserId().ToString(CultureInfo.InvariantCulture);
        return Path.Combine(Path.GetTempPath(), $"bayou-{user}");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetUserId();
}
