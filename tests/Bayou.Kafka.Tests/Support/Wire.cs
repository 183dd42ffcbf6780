using System.Text;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>Bytes as the protocol guide has them, and requests written to and read from such bytes.</summary>
internal static class Wire
{
    /// <summary>Bytes out of hexadecimal digits and 'quoted text'; blanks between do not count.</summary>
    public static byte[] Bytes(string notation)
    {
        var bytes = new List<byte>();
        var parts = notation.Split('\'');
        for (var i = 0; i < parts.Length; i++)
            bytes.AddRange(i % 2 == 1 ? Encoding.UTF8.GetBytes(parts[i]) : Convert.FromHexString(string.Concat(parts[i].Where(c => !char.IsWhiteSpace(c)))));
        return [.. bytes];
    }

    /// <summary>The body of a request, in hexadecimal digits.</summary>
    public static string Write(KafkaRequest request, short version)
    {
        var writer = new ProtocolWriter { Flexible = version >= request.FlexibleFrom };
        request.Write(writer, version);
        return Convert.ToHexString(writer.Written.Span);
    }

    public static string Hex(string notation) => Convert.ToHexString(Bytes(notation));

    /// <summary>Reads a response that must be whole and nothing more; each of its prefixes must be short, and nothing worse.</summary>
    public static TResponse Read<TResponse>(KafkaRequest<TResponse> request, short version, string notation)
    {
        var bytes = Bytes(notation);
        for (var length = 0; length < bytes.Length; length++)
        {
            var prefix = new ProtocolReader(bytes.AsSpan(0, length), version >= request.FlexibleFrom);
            request.Read(ref prefix, version);
            Assert.True(prefix.IsShort, $"{length} of {bytes.Length} bytes are enough for {request.Key} v{version}");
        }

        var reader = new ProtocolReader(bytes, version >= request.FlexibleFrom);
        var response = request.Read(ref reader, version);
        Assert.False(reader.IsShort, $"{request.Key} v{version} wants more than it got");
        Assert.Equal(0, reader.Remaining);
        return response;
    }
}
