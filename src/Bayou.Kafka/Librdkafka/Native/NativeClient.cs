using System.Runtime.InteropServices;
using System.Text;

namespace Bayou.Kafka.Librdkafka.Native;

/// <summary>A bare librdkafka client handle with its own properties and no log output. Not safe for concurrent disposal.</summary>
internal sealed class NativeClient : IDisposable
{
    private nint _handle;

    /// <summary>A client with the given properties.</summary>
    /// <exception cref="InvalidOperationException">librdkafka refused a property, or had no resources for a client.</exception>
    public NativeClient(IEnumerable<KeyValuePair<string, string>> properties)
    {
        LibrdkafkaLoader.Load();
        Span<byte> error = stackalloc byte[512];
        var conf = RdKafka.ConfNew();
        RdKafka.ConfSetLogCallback(conf, 0);
        foreach (var (name, value) in properties)
        {
            if (RdKafka.ConfSet(conf, name, value, error, (nuint)error.Length) == RdKafka.ConfOk) continue;
            RdKafka.ConfDestroy(conf);
            throw new InvalidOperationException($"Setting '{name}' for a Kafka client failed: librdkafka refuses the property or its value.");
        }

        _handle = RdKafka.New(RdKafka.Producer, conf, error, (nuint)error.Length);
        if (_handle != 0) return;
        RdKafka.ConfDestroy(conf);
        throw new InvalidOperationException($"Creating a Kafka client failed: {Text(error)}.");
    }

    /// <summary>The native handle.</summary>
    public nint Handle => _handle;

    /// <summary>Asks for the cluster's id, connecting if need be; null when no broker answered in time or has none.</summary>
    public string? ClusterId(TimeSpan timeout)
    {
        var text = RdKafka.ClusterId(_handle, (int)timeout.TotalMilliseconds);
        if (text == 0) return null;
        var id = Marshal.PtrToStringUTF8(text);
        RdKafka.Free(_handle, text);
        return string.IsNullOrEmpty(id) ? null : id;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0) RdKafka.Destroy(handle);
    }

    private static string Text(ReadOnlySpan<byte> error) => Encoding.UTF8.GetString(error[..Math.Max(0, error.IndexOf((byte)0))]);
}
