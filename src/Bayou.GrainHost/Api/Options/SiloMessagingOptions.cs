namespace Orleans.Configuration;

/// <summary>Options of the calls that a silo makes.</summary>
public class SiloMessagingOptions : MessagingOptions;
