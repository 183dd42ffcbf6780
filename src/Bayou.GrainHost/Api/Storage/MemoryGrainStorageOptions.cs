namespace Orleans.Configuration;

/// <summary>Options of the storage in memory. It has none here.</summary>
public class MemoryGrainStorageOptions;
