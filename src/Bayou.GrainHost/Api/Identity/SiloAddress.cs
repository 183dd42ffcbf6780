using System.Net;

namespace Orleans.Runtime;

/// <summary>A silo: its endpoint and its generation, which differs from that of any earlier silo at the same endpoint.</summary>
[Immutable]
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private static int s_lastGeneration = (int)(DateTime.UtcNow - new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    /// <summary>The endpoint.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The generation.</summary>
    public int Generation { get; }

    /// <summary>A generation that was not handed out before.</summary>
    public static int AllocateNewGeneration() => Interlocked.Increment(ref s_lastGeneration);

    /// <summary>The address made of the given parts.</summary>
    /// <param name="ep">The endpoint.</param>
    /// <param name="gen">The generation.</param>
    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    /// <summary>The address made of the given parts.</summary>
    /// <param name="address">The endpoint's address.</param>
    /// <param name="port">The endpoint's port.</param>
    /// <param name="generation">The generation.</param>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <summary>The address that <see cref="ToParsableString"/> wrote.</summary>
    /// <param name="addr">The text.</param>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static SiloAddress FromParsableString(string addr)
    {
        var at = addr.LastIndexOf('@');
        if (at < 0 || !IPEndPoint.TryParse(addr[..at], out var endpoint) || !int.TryParse(addr[(at + 1)..], out var generation))
            throw new FormatException($"\"{addr}\" is not a silo address: address:port@generation is expected.");
        return new SiloAddress(endpoint, generation);
    }

    /// <summary>The address as <c>address:port@generation</c>.</summary>
    public string ToParsableString() => $"{Endpoint}@{Generation}";

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    /// <inheritdoc/>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null) return 1;
        var order = Generation.CompareTo(other.Generation);
        return order != 0 ? order : string.CompareOrdinal(Endpoint.ToString(), other.Endpoint.ToString());
    }

    /// <summary>The address, for logs.</summary>
    public override string ToString() => $"S{Endpoint}:{Generation}";
}
