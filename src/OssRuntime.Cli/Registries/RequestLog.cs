using System.Globalization;
using System.Net;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory.Registry;

namespace OssRuntime.Cli.Registries;

/// <summary>Writes a line for each request that a registry, its token service or its storage answered.</summary>
internal sealed class RequestLog(TextWriter output) : IRegistryObserver
{
    /// <inheritdoc/>
    public void Answered(string registry, RegistryRequestKind kind, HttpStatusCode? status, TimeSpan duration)
    {
        var answer = status is { } code ? $"{(int)code} {code}" : "no answer";
        output.WriteLine(TerminalText.Safe(string.Create(CultureInfo.InvariantCulture, $"              {kind,-8} {registry}: {answer}, {duration.TotalMilliseconds:0} ms")));
    }

    /// <inheritdoc/>
    public void Received(string registry, long bytes)
    {
    }
}
