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
        Description = "layers: the files alone. auto: the files, held against an SBOM if one is found. sbom: the SBOM alone, if it may be believed.",
        DefaultValueFactory = _ => InventoryMode.Auto,
    };

    private readonly Option<string[]> _kinds = Many("--sbom-kind", $"A kind of SBOM to look for, in this order: {SbomChoices.Kinds}. Default: all.");
    private readonly Option<string[]> _unverified = Many("--sbom-unverified", "A kind that is used without a verified signature, or none. Default: embedded.");
    private readonly Option<string[]> _trust = Many("--sbom-trust", "A file with public keys or certificates of authorities (PEM) whose signatures count.");
    private readonly Option<string[]> _identities = Many("--sbom-identity", "Whom a certificate has to be made out to: an e-mail address or URI, * for any text.");

    private readonly Option<string?> _bases = new("--base-images") { Description = "A file that lists images others are built on: a line for each, its name and the digests of its layers." };
    private readonly Option<string?> _jars = new("--java-index") { Description = "A file that tells jars by their checksums: sorted lines, SHA1 GROUP:ARTIFACT:VERSION." };

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
        new(name) { Description = $"{description} May be given again.", DefaultValueFactory = _ => [] };
}
