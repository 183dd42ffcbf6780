using Microsoft.Extensions.Options;

namespace Bayou.Silo;

/// <summary>Checks <see cref="SiloSettings"/> before a silo starts.</summary>
internal sealed class SiloSettingsValidator : IValidateOptions<SiloSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.State))
            problems.Add($"{SiloSettings.Section}:State is empty, so there is nowhere to keep grain state; name a folder");
        CheckPort(nameof(options.SiloPort), options.SiloPort, problems);
        CheckPort(nameof(options.GatewayPort), options.GatewayPort, problems);
        if (options.SiloPort != 0 && options.SiloPort == options.GatewayPort)
            problems.Add($"{SiloSettings.Section}:SiloPort and GatewayPort are both {options.SiloPort}; give them two ports");
        if (options.DrainLimit < TimeSpan.FromSeconds(1))
            problems.Add($"{SiloSettings.Section}:DrainLimit is {options.DrainLimit}; below 1 s nothing would be committed at a stop");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckPort(string property, int port, List<string> problems)
    {
        if (port is < 0 or > 65535)
            problems.Add($"{SiloSettings.Section}:{property} is {port}; a port is 1 to 65535, or 0 for a free one");
    }
}
