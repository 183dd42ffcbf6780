using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>What a scripted broker answers for one partition.</summary>
internal sealed record ScriptedFetched(ScriptedSession.Entry Entry, BrokerError Error)
{
    public long HighWatermark { get; init; } = -1;

    public long LastStableOffset { get; init; } = -1;

    public long LogStart { get; init; } = -1;

    /// <summary>Null when not asked for.</summary>
    public List<(long ProducerId, long First)>? Aborted { get; init; }

    public int PreferredReplica { get; init; } = -1;

    public (int Epoch, long EndOffset)? Diverging { get; init; }

    /// <summary>Told with errors that mean that it is another one.</summary>
    public (int Leader, int Epoch)? CurrentLeader { get; init; }

    public byte[] Records { get; init; } = [];

    /// <summary>Whether a waiting fetch is answered because of it.</summary>
    public bool IsUrgent => Error != BrokerError.None || Diverging is not null || PreferredReplica >= 0;

    /// <summary>Whether the response to an incremental request has it.</summary>
    public bool IsNews => IsUrgent || Records.Length > 0 || HighWatermark != Entry.HighWatermark || LogStart != Entry.LogStart;
}
