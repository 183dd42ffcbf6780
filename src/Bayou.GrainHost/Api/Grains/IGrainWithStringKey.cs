namespace Orleans;

/// <summary>A grain interface whose grains are identified by text.</summary>
public interface IGrainWithStringKey : IGrain;
