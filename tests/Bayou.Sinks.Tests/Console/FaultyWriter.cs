using System.Text;
using Bayou.Sinks.TestKit;

namespace Bayou.Sinks.Tests.Console;

/// <summary>Collects text; fails once when it is told to: before it takes any of a text, after half of it, or after all.</summary>
internal sealed class FaultyWriter : TextWriter
{
    private readonly StringBuilder _text = new();

    public SinkFault? Fault { get; set; }

    public string Text => _text.ToString();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(string? value)
    {
        if (Fault == SinkFault.BeforeData) Fail();
        var lines = value!.Split('\n');
        if (Fault == SinkFault.PartWay)
        {
            _text.AppendJoin('\n', lines[..(lines.Length / 2)]).Append('\n');
            Fail();
        }

        _text.Append(value);
    }

    public override void Flush()
    {
        if (Fault == SinkFault.AfterData) Fail();
    }

    private void Fail()
    {
        Fault = null;
        throw new IOException("The pipe is broken.");
    }
}
