namespace Bayou.Kafka.Connections.Security;

/// <summary>How long the broker accepts an authentication (KIP-368), and when it is time for the next.</summary>
internal sealed class SaslSession(SaslAuthentication authentication, TimeProvider time)
{
    // Early enough for the next authentication to end before the broker's time does.
    private const double UsedShare = 0.85;

    private long _began;
    private TimeSpan _lifetime;

    /// <summary>True when the broker should be authenticated to again before the next request.</summary>
    public bool IsDue => _lifetime > TimeSpan.Zero && time.GetElapsedTime(_began) >= _lifetime * UsedShare;

    /// <summary>Authenticates, for the first time or again.</summary>
    public async ValueTask BeginAsync()
    {
        var began = time.GetTimestamp();
        _lifetime = await authentication.AuthenticateAsync();
        _began = began;
    }
}
