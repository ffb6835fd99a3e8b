using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Cli.Scanning;

/// <summary>What <c>--vex</c> names: documents and repositories, and what is attached to the image itself.</summary>
internal sealed class VexSources
{
    private readonly VexLibrary _library;
    private readonly AttachedVexOptions? _attached;
    private readonly Warnings _warnings;

    private VexSources(VexLibrary library, AttachedVexOptions? attached, Warnings warnings) => (_library, _attached, _warnings) = (library, attached, warnings);

    /// <summary>Opens what the user named.</summary>
    /// <exception cref="CommandLineException">Some of it is no VEX document or repository.</exception>
    public static VexSources Open(IReadOnlyCollection<string> names, Warnings warnings, SbomTrust? trust = null)
    {
        var (paths, attached) = AttachedVexOptions.Read(names, trust ?? SbomTrust.Nobody);
        try
        {
            return new VexSources(VexLibrary.Open(paths, warnings.Tell), attached, warnings);
        }
        catch (VexException error)
        {
            throw new CommandLineException(ExitCode.Unreadable, error.Message);
        }
    }

    /// <summary>What is attached to an image, where the user asks for it and it may be believed; the rest is told.</summary>
    public async Task<ImmutableArray<VexDocument>> AttachedAsync(IImageSource image, Platform platform, CancellationToken cancel)
    {
        if (_attached is null || image is not IAttachmentSource source)
        {
            return [];
        }

        var found = await AttachedVex.FindAsync(source, await image.ResolveAsync(platform, cancel), _attached, cancel);
        found.Unknowns.ToList().ForEach(unknown => _warnings.Tell($"{image.Name}: {unknown.Reason}"));
        return VexReader.ReadAll(found.Documents.Select(document => (document.Name, document.Document)), _warnings.Tell);
    }

    /// <summary>The findings of an image with the status that the statements give them.</summary>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings, ComponentInventory inventory, string? repository, ImmutableArray<VexDocument> attached) =>
        _library.Apply(findings, new VexSubject(inventory, repository), attached, _warnings.Tell);
}
