namespace Orleans;

/// <summary>A grain interface whose grains are identified by an integer.</summary>
public interface IGrainWithIntegerKey : IGrain;
