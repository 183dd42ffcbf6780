namespace Orleans.Serialization;

/// <summary>A type cannot cross a grain call.</summary>
/// <param name="message">Which, and why.</param>
[GenerateSerializer]
public sealed class CodecNotFoundException(string message) : SerializerException(message);
