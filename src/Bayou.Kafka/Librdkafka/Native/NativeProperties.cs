using Bayou.Definitions;

namespace Bayou.Kafka.Librdkafka.Native;

/// <summary>Asks librdkafka whether it takes a property, without making a client.</summary>
internal sealed class NativeProperties : IDisposable
{
    private const int UnknownProperty = -2;
    private nint _conf = RdKafka.ConfNew();

    /// <summary>A sentence when librdkafka refuses the property or the value, else null. Secrets are masked.</summary>
    public string? WhatIsWrongWith(string name, string value)
    {
        Span<byte> error = stackalloc byte[512];
        return RdKafka.ConfSet(_conf, name, value, error, (nuint)error.Length) switch
        {
            RdKafka.ConfOk => null,
            UnknownProperty => $"Option '{name}' is not known to the installed librdkafka {RdKafka.VersionText}.",
            _ => $"Option '{name}' does not take the value '{Redaction.Redact(name, value)}' (librdkafka {RdKafka.VersionText}).",
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var conf = Interlocked.Exchange(ref _conf, 0);
        if (conf != 0) RdKafka.ConfDestroy(conf);
    }
}
