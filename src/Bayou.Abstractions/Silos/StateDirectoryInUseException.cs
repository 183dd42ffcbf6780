namespace Bayou.Silos;

/// <summary>Another process holds the state directory.</summary>
public sealed class StateDirectoryInUseException : Exception
{
    /// <summary>The directory at <paramref name="path"/> is held by <paramref name="holder"/>, or by a process that has not said yet who it is when null.</summary>
    public StateDirectoryInUseException(string path, SiloRecord? holder) : base(Describe(path, holder)) => Holder = holder;

    /// <summary>Who holds it; null when it has not been written down yet.</summary>
    public SiloRecord? Holder { get; }

    private static string Describe(string path, SiloRecord? holder) => holder is null
        ? $"the state directory {path} is in use by a process that is just starting; nothing was started"
        : $"the state directory {path} is in use by process {holder.Pid} ('{holder.Command}', running since {holder.Started:yyyy-MM-dd HH:mm:ss}Z); "
            + "stop it first, or name another directory with --state";
}
