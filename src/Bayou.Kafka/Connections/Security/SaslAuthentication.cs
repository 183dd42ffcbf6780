using System.Security.Cryptography;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>Authenticates a connection: the mechanism is agreed on, then its messages go back and forth.</summary>
internal sealed class SaslAuthentication(SaslOptions options, BrokerWire wire, Attempt attempt, BrokerVersions versions)
{
    // SCRAM takes two rounds, a refused token as well.
    private const int MostRounds = 4;

    /// <summary>Authenticates. Returns how long the broker will accept it; zero means for as long as the connection lasts.</summary>
    public async ValueTask<TimeSpan> AuthenticateAsync()
    {
        attempt.Step = "SASL handshake";
        var handshake = new SaslHandshakeRequest(options.Mechanism);
        Check(await wire.AskAsync(handshake, versions.Choose(handshake)));
        attempt.Step = "SASL authentication";
        try
        {
            return await ExchangeAsync();
        }
        catch (SaslException error)
        {
            throw attempt.Failed(error.Kind, $"{error.Message}.", error);
        }
    }

    private async ValueTask<TimeSpan> ExchangeAsync()
    {
        var exchange = Begin();
        var message = await exchange.StartAsync(attempt.Token);
        for (var round = 0; round < MostRounds; round++)
        {
            var request = new SaslAuthenticateRequest(message);
            var response = await wire.AskAsync(request, versions.Choose(request));
            if (response.Error != BrokerError.None) throw Refused(response, exchange);
            if (exchange.Answer(response.Token) is { } next) message = next;
            else if (exchange.Refusal is null) return TimeSpan.FromMilliseconds(Math.Clamp(response.SessionLifetimeMs, 0, int.MaxValue));
            else throw Refused(response, exchange);
        }

        throw attempt.Failed(SourceErrorKind.Transient, $"the broker did not come to an end in {MostRounds} rounds of {options.Mechanism}.");
    }

    private ISaslExchange Begin() => options.Mechanism switch
    {
        "PLAIN" => new PlainExchange(options.Username, options.Password),
        "SCRAM-SHA-256" => new ScramExchange(HashAlgorithmName.SHA256, options.Username, options.Password),
        "SCRAM-SHA-512" => new ScramExchange(HashAlgorithmName.SHA512, options.Username, options.Password),
        "OAUTHBEARER" => new BearerExchange(options.Tokens!, options.Extensions),
        _ => throw new SaslException(SourceErrorKind.Fatal, $"the mechanism {options.Mechanism} is not known"),
    };

    private void Check(SaslHandshakeResponse response)
    {
        if (response.Error == BrokerError.None) return;
        throw response.Error switch
        {
            BrokerError.UnsupportedSaslMechanism => attempt.Failed(
                SourceErrorKind.Fatal,
                $"the broker does not offer {options.Mechanism}; set sasl.mechanism to one that it has: {string.Join(", ", response.Mechanisms.Take(10).Select(OutsideText.Shown))}."),
            BrokerError.IllegalSaslState => attempt.Failed(
                SourceErrorKind.Fatal, "this listener does not authenticate by SASL; set security.protocol to plaintext, or ssl."),
            _ => attempt.Failed(SourceErrorKind.Transient, $"the broker answered {response.Error} ({(short)response.Error})."),
        };
    }

    private BrokerException Refused(SaslAuthenticateResponse response, ISaslExchange exchange)
    {
        var who = options.Mechanism == "OAUTHBEARER" ? "the token" : $"user '{options.Username}' or the password";
        var why = string.Join("; ", new[] { OutsideText.Shown(response.Message), exchange.Refusal }.Where(one => !string.IsNullOrEmpty(one)));
        return response.Error is BrokerError.SaslAuthenticationFailed or BrokerError.None
            ? attempt.Failed(SourceErrorKind.Refused, $"the broker refused {who} by {options.Mechanism}{(why.Length > 0 ? $": {why}" : "")}.")
            : attempt.Failed(SourceErrorKind.Transient, $"the broker answered {response.Error} ({(short)response.Error}){(why.Length > 0 ? $": {why}" : "")}.");
    }
}
