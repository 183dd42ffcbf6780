namespace Orleans;

/// <summary>Activations of the grain class are never collected for being idle.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute;
