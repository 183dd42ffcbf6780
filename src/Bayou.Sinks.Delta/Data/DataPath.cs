namespace Bayou.Sinks.Delta;

/// <summary>Paths of data files as a log has them: whoever can write to a table's log must not make this process read other files than the table's.</summary>
internal static class DataPath
{
    /// <summary>The path within the table's folder, decoded.</summary>
    /// <exception cref="SinkException">The file is not within the folder; fatal.</exception>
    public static string Resolve(string path, string root)
    {
        var decoded = Uri.UnescapeDataString(path);
        if (decoded.Contains('\0')) throw Refuse(path, root);
        if (decoded.StartsWith("file:", StringComparison.Ordinal)) decoded = "/" + decoded["file:".Length..].TrimStart('/');
        if (Path.IsPathRooted(decoded)) decoded = Path.GetRelativePath(root, decoded).Replace(Path.DirectorySeparatorChar, '/');
        if (decoded.Length == 0 || Path.IsPathRooted(decoded) || decoded.Contains("://", StringComparison.Ordinal)) throw Refuse(path, root);
        return Array.Exists(decoded.Split('/', Path.DirectorySeparatorChar), part => part is "..") ? throw Refuse(path, root) : decoded;
    }

    private static SinkException Refuse(string path, string root) => new(SinkErrorKind.Fatal,
        $"Delta table {root}: its log names the data file '{path}', which is not within the table's folder. Nothing was read; tables whose files are elsewhere (shallow clones) are not supported.");
}
