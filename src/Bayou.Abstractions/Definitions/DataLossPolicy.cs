namespace Bayou.Definitions;

/// <summary>What happens when records that were not read yet are gone from the source. The numbers are wire format.</summary>
public enum DataLossPolicy
{
    /// <summary>The partition stops and its status names the lost range.</summary>
    Stop = 0,

    /// <summary>The lost range goes into the ledger and reading goes on behind it.</summary>
    Continue = 1,
}
