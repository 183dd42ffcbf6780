namespace Bayou.GrainHost;

/// <summary>What a frame between client and gateway is.</summary>
internal enum GatewayFrame : byte
{
    /// <summary>Id, grain, interface, method, arguments.</summary>
    Request = 1,

    /// <summary>Id of a request whose token is cancelled.</summary>
    Cancel = 2,

    /// <summary>Id and result.</summary>
    Result = 3,

    /// <summary>Id and exception.</summary>
    Exception = 4,
}
