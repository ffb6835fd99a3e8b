using System.CommandLine;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory;
using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Sboms.Discovery;

namespace OssRuntime.Cli.Commands;

/// <summary>The options of a scan that say what an inventory is made of, and which SBOMs are believed.</summary>
internal sealed class SbomOptions
{
    private readonly Option<InventoryMode> _source = new("--source")
    {
        Description = "Where components are read from. layers: only the files of the image. auto: the files, compared with an SBOM if one is found. sbom: only the SBOM, if it is trusted.",
        DefaultValueFactory = _ => InventoryMode.Auto,
    };

    private readonly Option<string[]> _kinds = Many("--sbom-kind", $"A kind of SBOM to look for, in the given order: {SbomChoices.Kinds}. Default: all.");
    private readonly Option<string[]> _unverified = Many("--sbom-unverified", "A kind of SBOM that is used even without a verified signature, or none. Default: embedded.");
    private readonly Option<string[]> _trust = Many("--sbom-trust", "A PEM file with public keys or CA certificates whose signatures are trusted.");
    private readonly Option<string[]> _identities = Many("--sbom-identity", "The identity that a signing certificate must be issued to: an e-mail address or URI; * matches any text without @ and /.");

    private readonly Option<string?> _bases = new("--base-images") { Description = "A file that lists known base images, one per line: the name and the digests of the layers." };
    private readonly Option<string?> _jars = new("--java-index") { Description = "A file that identifies jar files by their checksums: sorted lines, SHA1 GROUP:ARTIFACT:VERSION." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_source, _kinds, _unverified, _trust, _identities, _bases, _jars])
        {
            command.Add(option);
        }
    }

    /// <summary>What the user chose.</summary>
    /// <exception cref="CommandLineException">A choice is none.</exception>
    public InventoryOptions Read(ParseResult parsed)
    {
        try
        {
            var sboms = SbomChoices.Read(parsed.GetValue(_kinds)!, parsed.GetValue(_unverified)!, parsed.GetValue(_trust)!, parsed.GetValue(_identities)!);
            return new InventoryOptions
            {
                Mode = parsed.GetValue(_source),
                Sboms = sboms,
                BaseImages = parsed.GetValue(_bases) is { } bases ? KnownBaseImages.ReadFile(bases) : KnownBaseImages.None,
                JavaIndex = parsed.GetValue(_jars) is { } jars ? JavaChecksumIndex.Open(jars) : null,
            };
        }
        catch (FormatException e)
        {
            throw new CommandLineException(ExitCode.Usage, e.Message);
        }
    }

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = $"{description} May be given several times.", DefaultValueFactory = _ => [] };
}
