using Bayou.Sources;

namespace Bayou.Grains.Routing;

/// <summary>
/// Reads one record and says which targets take it: the step that shredding and classification share. Not safe for concurrent use.
/// </summary>
internal sealed class EventRouter(RoutingPlan plan)
{
    private const long LongestRowBytes = 1 << 30;

    private readonly byte[] _discriminator = new byte[plan.LongestMatch * 6];
    private readonly EventScanner _scanner = new(plan.Paths);
    private ScanError _error;

    /// <summary>The values of the record routed last.</summary>
    public EventValues Values => _scanner.Values;

    /// <summary>How the record routed last fared.</summary>
    public RecordOutcome Outcome { get; private set; }

    /// <summary>The targets that take the record, ascending; none when it is filtered.</summary>
    public int[] Route(RecordView record)
    {
        _error = Scan(record);
        if (_error != ScanError.None)
        {
            Outcome = RecordOutcome.Unreadable;
            return plan.QuarantineOnly;
        }

        var targets = Targets(in Values[plan.Discriminator], record.Value);
        Outcome = targets.Length == 0 ? RecordOutcome.Filtered
            : ReferenceEquals(targets, plan.QuarantineOnly) ? RecordOutcome.Unmatched
            : RecordOutcome.Routed;
        return targets;
    }

    /// <summary>Writes why the record routed last is of no table.</summary>
    public void Explain(RecordView record, Reason reason)
    {
        if (Outcome == RecordOutcome.Unreadable) reason.Unreadable(_error, _scanner.ErrorPosition);
        else reason.Unmatched(plan.DiscriminatorName, in Values[plan.Discriminator], record.Value);
    }

    private ScanError Scan(RecordView record)
    {
        if (!record.HasValue) return ScanError.Tombstone;
        if ((long)record.Value.Length * plan.LongestVariableColumns > LongestRowBytes) return ScanError.TooLong;
        return _scanner.Scan(record.Value, record.FromValue);
    }

    private int[] Targets(in FieldValue value, ReadOnlySpan<byte> json)
    {
        if (value.Kind is JsonKind.Missing or JsonKind.Null or JsonKind.Object or JsonKind.Array) return plan.UnmatchedTargets;
        var text = value.Of(json);
        if (!value.Escaped) return plan.TargetsOf(text);
        if (text.Length > _discriminator.Length || !JsonText.TryUnescape(text, _discriminator, out var length)) return plan.UnmatchedTargets;
        return plan.TargetsOf(_discriminator.AsSpan(0, length));
    }
}
