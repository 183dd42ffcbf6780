namespace Bayou.Definitions;

/// <summary>Keeps secrets out of logs, messages and status: option values are printed only through this type.</summary>
public static class Redaction
{
    private static readonly string[] SecretWords = ["password", "secret", "token", "key.pem", "credentials", "sasl.jaas", "connectionstring", "connection.string"];

    // A connection string holds a password; connections.max.idle.ms and the like do not.
    private const string ConnectionString = "connection";

    /// <summary>What is printed in place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>True when an option of this name holds a secret.</summary>
    public static bool IsSecret(string name) =>
        name.Equals(ConnectionString, StringComparison.OrdinalIgnoreCase) || SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value, or the mask when the option's name says that it is a secret.</summary>
    public static string Redact(string name, string value) => IsSecret(name) ? Mask : value;
}
