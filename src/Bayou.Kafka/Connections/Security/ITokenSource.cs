namespace Bayou.Kafka.Connections.Security;

/// <summary>Where bearer tokens come from.</summary>
internal interface ITokenSource
{
    /// <summary>A token for one authentication. Throws <see cref="SaslException"/>, whose message names the source and never shows a secret.</summary>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);
}
