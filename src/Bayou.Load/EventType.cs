using System.Text;

namespace Bayou.Load;

/// <summary>An event type: its name and its fields behind the common ones.</summary>
internal sealed class EventType
{
    public EventType(string name, params EventField[] fields)
    {
        (Name, Fields) = (name, fields);
        NameAndTime = Encoding.UTF8.GetBytes($"\",\"event_type\":\"{name}\",\"ts\":\"");
    }

    public string Name { get; }

    public EventField[] Fields { get; }

    /// <summary>The text from the end of the event's id to the beginning of its time.</summary>
    public byte[] NameAndTime { get; }

    /// <summary>The same fields under another name.</summary>
    public EventType Rename(string name) => new(name, Fields);
}
