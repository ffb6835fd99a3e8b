using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OssRuntime.Inventory.Sboms.Trust;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>Whose word counts among the VEX documents that are attached to images.</summary>
/// <param name="Trust">Whose signatures are verified.</param>
/// <param name="Unverified">True where documents count without a verified signature: anybody's who may push to the repository.</param>
public sealed record AttachedVexOptions(SbomTrust Trust, bool Unverified = false)
{
    private const string Word = "attached";
    private const string UnverifiedWord = "attached:unverified";

    /// <summary>Names the choices: what was found under others is looked for anew.</summary>
    public string Version => $"vex={Unverified}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Trust.Version)).AsSpan(0, 8))}";

    /// <summary>Reads what people name as VEX: documents and repositories by their paths, and <c>attached</c> or <c>attached:unverified</c>.</summary>
    /// <param name="names">What they named.</param>
    /// <param name="trust">Whose signatures are verified.</param>
    /// <returns>The paths; and what is said of attached documents, null where nobody asks for them.</returns>
    public static (ImmutableArray<string> Paths, AttachedVexOptions? Attached) Read(IReadOnlyCollection<string> names, SbomTrust trust) =>
    (
        [.. names.Where(name => name is not (Word or UnverifiedWord))],
        names.Any(name => name is Word or UnverifiedWord) ? new AttachedVexOptions(trust, names.Contains(UnverifiedWord)) : null);
}
