using System.Text.Json;
using System.Text.Json.Serialization;
using Bayou.Sources;

namespace Bayou.Sinks.Delta;

/// <summary>The compare-and-set of one owner over a table's log: what the table holds for it, whether that is as expected, and what a commit changes.</summary>
internal sealed class OwnerState(string pipeline, string owner)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly CursorNames _names = new(pipeline, owner);

    /// <summary>What the table holds for the owner; empty when there is no table.</summary>
    /// <exception cref="SinkException">The table was replaced, or what is kept in its properties is not what this sink writes there; fatal.</exception>
    public SinkState Read(TableSnapshot? snapshot)
    {
        var cursors = new Dictionary<CursorKey, long>();
        if (snapshot is null) return new SinkState { Cursors = cursors };
        foreach (var txn in snapshot.Txns.Values)
            if (_names.TryParse(txn.AppId, out var key)) cursors[key] = txn.Version;
        var definition = Property<DefinitionStamp>(snapshot, _names.Definition);
        // Every commit that moves a cursor has the definition beside it. Going on at cursors whose rows went with an older table would lose those rows.
        if (definition is null && cursors.Count > 0)
            throw new SinkException(SinkErrorKind.Fatal,
                $"The table (id {snapshot.Metadata.Id}) has cursors of {pipeline}/{owner}, but not its property {_names.Definition}: another writer replaced the table, or unset its properties. Nothing was written, and the table stops; set the property again if the rows up to the cursors are there, or write to another path.");
        return new SinkState
        {
            Definition = definition,
            Cursors = cursors,
            Sources = Property<SourceIdentity[]>(snapshot, _names.Sources) ?? [],
            OtherOwners = [.. snapshot.Metadata.Configuration.Keys.Select(_names.OtherOwner).OfType<string>().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>True when the definition and every named cursor equal what the commit expects.</summary>
    public bool IsAsExpected(TableSnapshot? snapshot, SinkCommit commit)
    {
        var definition = snapshot is null ? null : Property<DefinitionStamp>(snapshot, _names.Definition);
        if (definition != commit.ExpectedDefinition) return false;
        foreach (var move in commit.Cursors)
            if (snapshot?.Txns.GetValueOrDefault(_names.AppId(move.Key))?.Version != move.From) return false;
        return true;
    }

    /// <summary>One action for each cursor that moves.</summary>
    public List<TxnAction> Moves(SinkCommit commit, long nowMilliseconds) =>
        [.. commit.Cursors.Where(move => move.From != move.Next).Select(move => new TxnAction(_names.AppId(move.Key), move.Next, nowMilliseconds))];

    /// <summary>The properties after the commit; the very same object when none changes.</summary>
    public IReadOnlyDictionary<string, string> Properties(IReadOnlyDictionary<string, string> properties, SinkCommit commit)
    {
        var changed = With(properties, _names.Definition, JsonSerializer.Serialize(commit.Definition, Json));
        return commit.Sources is null ? changed : With(changed, _names.Sources, JsonSerializer.Serialize(commit.Sources, Json));
    }

    private static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> properties, string key, string value) =>
        properties.GetValueOrDefault(key) == value
            ? properties
            : new Dictionary<string, string>(properties, StringComparer.Ordinal) { [key] = value };

    private static T? Property<T>(TableSnapshot snapshot, string key) where T : class
    {
        if (!snapshot.Metadata.Configuration.TryGetValue(key, out var value)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(value, Json);
        }
        catch (JsonException exception)
        {
            throw new SinkException(SinkErrorKind.Fatal,
                $"The table property {key} = {value} is not what this sink writes there. Nothing was written, and the table stops until the property is set right.", exception);
        }
    }
}
