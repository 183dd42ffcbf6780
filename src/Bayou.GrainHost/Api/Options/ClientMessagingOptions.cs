namespace Orleans.Configuration;

/// <summary>Options of the calls that a client makes.</summary>
public class ClientMessagingOptions : MessagingOptions;
