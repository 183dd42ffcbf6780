using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>A token that somebody else renews in a file, as a mounted secret is; read again for each authentication.</summary>
internal sealed class TokenFile(string path) : ITokenSource
{
    private const int MostBytes = 64 << 10;

    /// <inheritdoc/>
    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            if (file.Length > MostBytes) throw new SaslException(SourceErrorKind.Fatal, $"the token file {path} has more than {MostBytes:N0} bytes, which no token has");
            using var reader = new StreamReader(file);
            return (await reader.ReadToEndAsync(cancellationToken)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SaslException(SourceErrorKind.Transient, $"the token file {path} could not be read: {error.Message}", error);
        }
    }
}
