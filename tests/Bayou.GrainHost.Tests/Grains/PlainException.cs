namespace Bayou.GrainHost.Tests;

public sealed class PlainException(string message) : Exception(message);
