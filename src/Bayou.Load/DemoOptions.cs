namespace Bayou.Load;

/// <summary>What a demo pipeline's file says.</summary>
public sealed record DemoOptions
{
    /// <summary>The pipeline's name. <c>demo</c> unless said otherwise.</summary>
    public string Name { get; init; } = "demo";

    /// <summary>Brokers, as <c>host:port</c>.</summary>
    public string BootstrapServers { get; init; } = "127.0.0.1:9092";

    /// <summary>The topic that the generator's events are in.</summary>
    public string Topic { get; init; } = "events";

    /// <summary>Folder of the tables, absolute or from the file's folder.</summary>
    public string LakeFolder { get; init; } = "./lake";

    /// <summary>Number of event types, as in <see cref="LoadOptions.Types"/>.</summary>
    public int Types { get; init; } = 10;

    /// <summary>True to land the <c>note</c> field that fills events up to a size.</summary>
    public bool Note { get; init; }
}
