namespace Bayou.Kafka.Protocol;

/// <summary>The broker's part of one step of an authentication.</summary>
/// <param name="Error">Why it refuses, if so.</param>
/// <param name="Message">The broker's words for the error, if any.</param>
/// <param name="Token">What the mechanism says.</param>
/// <param name="SessionLifetimeMs">After how many milliseconds the broker wants to be authenticated to again; 0 for never.</param>
internal sealed record SaslAuthenticateResponse(BrokerError Error, string? Message, byte[] Token, long SessionLifetimeMs);
