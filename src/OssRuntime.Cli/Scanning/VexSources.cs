using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Cli.Commands;
using OssRuntime.Cli.Output;
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
    private readonly Action<string> _tell;

    private VexSources(VexLibrary library, AttachedVexOptions? attached, Action<string> tell) => (_library, _attached, _tell) = (library, attached, tell);

    /// <summary>Opens what the user named.</summary>
    /// <exception cref="CommandLineException">Some of it is no VEX document or repository.</exception>
    public static VexSources Open(IReadOnlyCollection<string> names, Action<string> tell, SbomTrust? trust = null)
    {
        var (paths, attached) = AttachedVexOptions.Read(names, trust ?? SbomTrust.Nobody);
        try
        {
            return new VexSources(VexLibrary.Open(paths, tell), attached, tell);
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
        found.Unknowns.ToList().ForEach(unknown => _tell($"{image.Name}: {unknown.Reason}"));
        return VexReader.ReadAll(found.Documents.Select(document => (document.Name, document.Document)), _tell);
    }

    /// <summary>The findings of an image with the status that the statements give them.</summary>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings, ComponentInventory inventory, string? repository, ImmutableArray<VexDocument> attached) =>
        _library.Apply(findings, new VexSubject(inventory, repository), attached, _tell);
}
