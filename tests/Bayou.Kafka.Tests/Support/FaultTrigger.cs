namespace Bayou.Kafka.Tests.Support;

/// <summary>A fault that waits for its byte.</summary>
internal sealed class FaultTrigger(long bytes, Fault fault)
{
    private long _left = bytes;

    public Fault Fault => fault;

    /// <summary>Ends when the fault was done.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when the byte is among these; <paramref name="count"/> is then how many go up to it.</summary>
    public bool Take(ref int count)
    {
        if (count < _left)
        {
            _left -= count;
            return false;
        }

        count = (int)_left;
        return true;
    }
}
