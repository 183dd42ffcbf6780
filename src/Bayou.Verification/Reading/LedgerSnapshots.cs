using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sinks.Delta;
using Bayou.Sinks.Postgres;

namespace Bayou.Verification.Reading;

/// <summary>Opens destinations for reading, beside the sinks that write them.</summary>
internal static class LedgerSnapshots
{
    /// <summary>The destination as it is now; null when there is nothing yet.</summary>
    /// <exception cref="SinkException">It cannot be read; the message says why.</exception>
    public static ILedgerSnapshot? Open(SinkDefinition sink)
    {
        if (sink.Kind == "postgres") return PostgresTableReader.Open(sink) is { } reader ? new PostgresLedgerSnapshot(reader) : null;
        if (sink.Kind != "delta") throw new SinkException(SinkErrorKind.Fatal, $"Destinations of kind '{sink.Kind}' cannot be read back, so nothing is known of it.");
        var path = sink.Options["path"];
        return DeltaTableReader.Exists(path) ? new DeltaLedgerSnapshot(DeltaTableReader.Open(path)) : null;
    }
}
