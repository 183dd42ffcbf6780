namespace Bayou.Sinks.Delta;

/// <summary>
/// What this sink knows of the Delta Lake protocol. Older versions imply features by number; from reader version 3 and writer version 7 on a
/// table lists them. A feature that is there but not used by the table does not hinder.
/// </summary>
internal static class ProtocolSupport
{
    private static readonly HashSet<string> Readable = new(StringComparer.Ordinal) { "columnMapping", "deletionVectors", "timestampNtz", "vacuumProtocolCheck" };

    private static readonly HashSet<string> Writable = new(StringComparer.Ordinal)
    {
        "appendOnly", "invariants", "checkConstraints", "changeDataFeed", "generatedColumns", "identityColumns", "columnMapping", "timestampNtz", "vacuumProtocolCheck",
    };

    /// <summary>Refuses a table that cannot be read rightly.</summary>
    public static void CheckRead(TableSnapshot snapshot, string location)
    {
        var protocol = snapshot.Protocol;
        if (protocol.MinReaderVersion > 3)
            throw Refuse(location, "reading", $"it asks for reader version {protocol.MinReaderVersion}, and versions up to 3 are known");
        if (protocol.ReaderFeatures?.FirstOrDefault(feature => !Readable.Contains(feature)) is { } unknown)
            throw Refuse(location, "reading", $"it has the table feature {unknown}, which is not supported");
        var mapping = snapshot.Metadata.Configuration.GetValueOrDefault("delta.columnMapping.mode", "none");
        if (mapping != "none")
            throw Refuse(location, "reading", $"it maps column names (delta.columnMapping.mode = {mapping}), which is not supported");
    }

    /// <summary>Refuses a table that cannot be appended to rightly, and one that forgets cursors.</summary>
    public static void CheckWrite(TableSnapshot snapshot, DeltaSchema schema, string location)
    {
        if (UnknownOf(snapshot.Protocol) is { } unknown) throw Refuse(location, "appending", unknown);
        var properties = snapshot.Metadata.Configuration;
        if (properties.Keys.FirstOrDefault(key => key.StartsWith("delta.constraints.", StringComparison.Ordinal)) is { } constraint)
            throw Refuse(location, "appending", $"it has the check constraint {constraint}, which this sink cannot evaluate; drop the constraint");
        if (properties.TryGetValue("delta.setTransactionRetentionDuration", out var retention))
            throw Refuse(location, "appending", $"its property delta.setTransactionRetentionDuration = {retention} lets the cursors that prevent duplicates expire; unset the property");
        foreach (var field in schema.Fields)
            if (field.Metadata.FirstOrDefault(IsComputed) is { } key)
                throw Refuse(location, "appending", $"its column {field.Name} has {key}, which this sink cannot evaluate");
    }

    /// <summary>Refuses a table whose files another feature than the known ones may refer to.</summary>
    public static void CheckVacuum(TableSnapshot snapshot, string location)
    {
        if (UnknownOf(snapshot.Protocol) is { } unknown)
            throw new SinkException(SinkErrorKind.Fatal, $"Vacuum of the Delta table {location}: {unknown}. Nothing was deleted.");
    }

    private static string? UnknownOf(ProtocolAction protocol)
    {
        if (protocol.MinWriterVersion > 7) return $"it asks for writer version {protocol.MinWriterVersion}, and versions up to 7 are known";
        var unknown = protocol.WriterFeatures?.FirstOrDefault(feature => !Writable.Contains(feature));
        return unknown is null ? null : $"it has the table feature {unknown}, which is not supported for writing";
    }

    private static bool IsComputed(string key) =>
        key is "delta.invariants" or "delta.generationExpression" || key.StartsWith("delta.identity.", StringComparison.Ordinal);

    private static SinkException Refuse(string location, string what, string why) =>
        new(SinkErrorKind.Fatal, $"Delta table {location}, {what}: {why}. Nothing was written, and the table stops.");
}
