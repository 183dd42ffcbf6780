namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>A scenario cannot be had on this machine; the message says why.</summary>
internal sealed class LeftOutException(string reason) : Exception(reason);
