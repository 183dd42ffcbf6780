namespace Bayou.Sinks.Delta;

/// <summary>The data files of a version, and those removed before it.</summary>
internal sealed class FileSet
{
    private readonly Dictionary<string, AddAction> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RemoveAction> _removed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AddAction> Active => _active.Values;

    public IReadOnlyCollection<RemoveAction> Removed => _removed.Values;

    /// <summary>True when the very file of this action is part of the table.</summary>
    public bool Holds(AddAction add) => _active.TryGetValue(add.Path, out var held) && held.Size == add.Size && held.HasDeletionVector == add.HasDeletionVector;

    public void Apply(LogCommit commit)
    {
        foreach (var remove in commit.Removes)
        {
            _active.Remove(remove.Path);
            _removed[remove.Path] = remove;
        }

        foreach (var add in commit.Adds)
        {
            _removed.Remove(add.Path);
            _active[add.Path] = add;
        }
    }
}
