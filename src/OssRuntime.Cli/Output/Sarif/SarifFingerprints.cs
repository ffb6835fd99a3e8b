using System.Security.Cryptography;
using System.Text;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>
/// What makes a result the same one from run to run: neither tag, digest, layer nor version, so that an alert stays open until its flaw is gone. Results that differ
/// in these alone are told apart by their number.
/// </summary>
internal sealed class SarifFingerprints
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of the next result with these parts.</summary>
    public string Next(params ReadOnlySpan<string> parts)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts!))))[..32];
        var number = _numbers[hash] = _numbers.GetValueOrDefault(hash) + 1;
        return $"{hash}:{number}";
    }
}
