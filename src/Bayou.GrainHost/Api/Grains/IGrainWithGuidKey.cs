namespace Orleans;

/// <summary>A grain interface whose grains are identified by a GUID.</summary>
public interface IGrainWithGuidKey : IGrain;
