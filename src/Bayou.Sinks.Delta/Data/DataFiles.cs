namespace Bayou.Sinks.Delta;

/// <summary>The data files of one commit.</summary>
internal sealed class DataFiles
{
    /// <summary>Paths of all files that were begun, finished or not; not encoded.</summary>
    public List<string> Attempted { get; } = [];

    /// <summary>The actions that make the files part of the table.</summary>
    public List<AddAction> Adds { get; } = [];

    /// <summary>Rows in the files.</summary>
    public long Rows { get; private set; }

    /// <summary>Size of the files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes a finished file.</summary>
    public void Add(AddAction action, long rows)
    {
        Adds.Add(action);
        Rows += rows;
        Bytes += action.Size;
    }

    /// <summary>Deletes all files as far as that is possible. Only for files that no commit can name.</summary>
    public void TryDelete(ITableStorage storage)
    {
        foreach (var path in Attempted)
        {
            try
            {
                storage.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What stays is in no commit: no reader sees it, and a vacuum removes it.
            }
        }
    }
}
