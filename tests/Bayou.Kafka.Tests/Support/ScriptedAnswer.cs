using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>What a scripted broker does with a request.</summary>
internal sealed record ScriptedAnswer
{
    private ScriptedAnswer() { }

    /// <summary>What becomes of the connection after the answer.</summary>
    public enum Then { GoOn, Close, Stall }

    /// <summary>The error that the answer has, as a whole where the response has a place for that, else in each partition.</summary>
    public BrokerError? WholeError { get; private init; }

    /// <summary>The error that each partition of a fetch response has.</summary>
    public BrokerError? EachError { get; private init; }

    /// <summary>Bytes sent instead of a response.</summary>
    public byte[]? RawBytes { get; private init; }

    /// <summary>Writes the body instead of the broker. The writer is flexible when the version is.</summary>
    public Action<ProtocolWriter>? WriteBody { get; private init; }

    /// <summary>How much of the answer is sent, counted with its size and header.</summary>
    public int MaxBytes { get; private init; } = int.MaxValue;

    /// <summary>What is awaited first.</summary>
    public Task Gate { get; private init; } = Task.CompletedTask;

    public Then After { get; private init; } = Then.GoOn;

    /// <summary>Answers as a broker does.</summary>
    public static ScriptedAnswer Default { get; } = new();

    /// <summary>Closes the connection without an answer.</summary>
    public static ScriptedAnswer Close { get; } = new() { MaxBytes = 0, RawBytes = [], After = Then.Close };

    /// <summary>Never answers on this connection any more.</summary>
    public static ScriptedAnswer Stall { get; } = new() { MaxBytes = 0, RawBytes = [], After = Then.Stall };

    public static ScriptedAnswer Error(BrokerError error) => new() { WholeError = error };

    public static ScriptedAnswer PartitionError(BrokerError error) => new() { EachError = error };

    public static ScriptedAnswer Bytes(params byte[] bytes) => new() { RawBytes = bytes };

    public static ScriptedAnswer Body(Action<ProtocolWriter> write) => new() { WriteBody = write };

    /// <summary>Sends the first bytes of this answer only, then closes the connection.</summary>
    public ScriptedAnswer CloseAfter(int bytes) => this with { MaxBytes = bytes, After = Then.Close };

    /// <summary>Sends the first bytes of this answer only, then nothing any more.</summary>
    public ScriptedAnswer StallAfter(int bytes) => this with { MaxBytes = bytes, After = Then.Stall };

    /// <summary>Does so when the test says so.</summary>
    public ScriptedAnswer When(Task gate) => this with { Gate = gate };
}
