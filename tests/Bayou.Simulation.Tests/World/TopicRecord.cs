namespace Bayou.Simulation.Tests.World;

/// <summary>One record of the topic and what it is: an event of a type, maybe without its id, maybe with what a later version asks for; or no JSON at all.</summary>
internal sealed record TopicRecord(long Offset, string Type, string Id, bool HasId, bool HasExtra, bool IsReadable)
{
    public string Text => !IsReadable ? $"no json {Id}"
        : $$"""{"type":"{{Type}}",{{(HasId ? $"\"id\":\"{Id}\"," : "")}}{{(HasExtra ? "\"extra\":1," : "")}}"n":1}""";
}
