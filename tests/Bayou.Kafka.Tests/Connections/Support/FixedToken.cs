using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>Gives the tokens t1, t2, ...; or one that a test names.</summary>
internal sealed class FixedToken(string? always = null) : ITokenSource
{
    private int _asked;

    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new(always ?? $"t{++_asked}");
}
