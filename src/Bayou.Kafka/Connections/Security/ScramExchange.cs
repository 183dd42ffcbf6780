using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bayou.Sources;

namespace Bayou.Kafka.Connections.Security;

/// <summary>
/// SCRAM (RFC 5802, RFC 7677) without channel binding: the password does not cross the wire, and the broker proves that it knows it, too. As Kafka's brokers do,
/// it takes user and password as UTF-8 without the normal form that saslprep asks for, but refuses control characters.
/// </summary>
/// <param name="hash">SHA-256 or SHA-512.</param>
/// <param name="username">The user.</param>
/// <param name="password">The password.</param>
/// <param name="nonce">Random text without commas; made when null.</param>
internal sealed class ScramExchange(HashAlgorithmName hash, string username, string password, string? nonce = null) : ISaslExchange
{
    private const int LeastIterations = 4096;
    private const int MostIterations = 1_000_000;
    private const string NoBinding = "n,,";

    private readonly string _nonce = nonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
    private byte[]? _serverSignature;

    /// <inheritdoc/>
    public string? Refusal => null;

    private string FirstBare => $"n={username.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={_nonce}";

    /// <inheritdoc/>
    public ValueTask<byte[]> StartAsync(CancellationToken cancellationToken)
    {
        if (username.Any(char.IsControl) || password.Any(char.IsControl))
            throw new SaslException(SourceErrorKind.Fatal, "sasl.username or sasl.password has a control character, which SCRAM does not allow; look for a line break at its end");
        return new ValueTask<byte[]>(Encoding.UTF8.GetBytes(NoBinding + FirstBare));
    }

    /// <inheritdoc/>
    public byte[]? Answer(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        if (_serverSignature is null) return Encoding.UTF8.GetBytes(Prove(text));
        if (text.StartsWith("e=", StringComparison.Ordinal)) throw new SaslException(SourceErrorKind.Refused, $"the broker refused the proof: {OutsideText.Shown(text[2..])}");
        if (!CryptographicOperations.FixedTimeEquals(_serverSignature, Base64(Field(text.Split(',')[0], 'v'))))
            throw new SaslException(SourceErrorKind.Refused, "the broker could not prove that it knows the password: it may be someone else");
        return null;
    }

    private string Prove(string serverFirst)
    {
        var parts = serverFirst.Split(',');
        if (parts.Length < 3) throw Misunderstood();
        var combined = Field(parts[0], 'r');
        var salt = Base64(Field(parts[1], 's'));
        if (!combined.StartsWith(_nonce, StringComparison.Ordinal) || combined.Length == _nonce.Length || salt.Length == 0) throw Misunderstood();
        if (!int.TryParse(Field(parts[2], 'i'), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) throw Misunderstood();
        if (iterations is < LeastIterations or > MostIterations)
            throw new SaslException(SourceErrorKind.Refused, $"the broker asks for {iterations:N0} iterations of SCRAM; between {LeastIterations:N0} and {MostIterations:N0} are taken");

        var final = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(NoBinding))},r={combined}";
        var all = Encoding.UTF8.GetBytes($"{FirstBare},{serverFirst},{final}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, hash, hash == HashAlgorithmName.SHA512 ? 64 : 32);
        var clientKey = CryptographicOperations.HmacData(hash, salted, "Client Key"u8);
        var proof = CryptographicOperations.HmacData(hash, CryptographicOperations.HashData(hash, clientKey), all);
        for (var i = 0; i < proof.Length; i++) proof[i] ^= clientKey[i];
        _serverSignature = CryptographicOperations.HmacData(hash, CryptographicOperations.HmacData(hash, salted, "Server Key"u8), all);
        return $"{final},p={Convert.ToBase64String(proof)}";
    }

    private static string Field(string part, char name) =>
        part.Length > 2 && part[0] == name && part[1] == '=' ? part[2..] : throw Misunderstood();

    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : throw Misunderstood();
    }

    private static SaslException Misunderstood() => new(SourceErrorKind.Transient, "the broker's message is not one of SCRAM");
}
