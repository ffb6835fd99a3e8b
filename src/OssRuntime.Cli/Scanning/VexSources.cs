using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Cli.Commands;
using OssRuntime.Cli.Output;
using OssRuntime.Model.Findings;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Cli.Scanning;

/// <summary>What <c>--vex</c> names: documents, and repositories of which only the documents on an image's components are read.</summary>
internal sealed class VexSources
{
    private const string AttachedWord = "attached";
    private const string UnverifiedWord = "attached:unverified";

    private readonly ImmutableArray<VexDocument> _documents;
    private readonly ImmutableArray<VexRepository> _repositories;
    private readonly Action<string> _tell;

    private VexSources(ImmutableArray<VexDocument> documents, ImmutableArray<VexRepository> repositories, Action<string> tell) =>
        (_documents, _repositories, _tell) = (documents, repositories, tell);

    /// <summary>Whose signatures are verified; null where what is attached to images is not looked at.</summary>
    private SbomTrust? Attached { get; init; }

    /// <summary>True where what is attached counts without a verified signature.</summary>
    private bool Unverified { get; init; }

    /// <summary>Opens what the user named.</summary>
    /// <exception cref="CommandLineException">Some of it is no VEX document or repository.</exception>
    public static VexSources Open(IReadOnlyCollection<string> names, Action<string> tell, SbomTrust? trust = null)
    {
        string[] attached = [AttachedWord, UnverifiedWord];
        var paths = names.Except(attached, StringComparer.Ordinal);
        var documents = ImmutableArray.CreateBuilder<VexDocument>();
        var repositories = ImmutableArray.CreateBuilder<VexRepository>();
        foreach (var path in paths)
        {
            try
            {
                if (VexRepository.Is(path))
                {
                    repositories.Add(VexRepository.Open(path));
                }
                else
                {
                    documents.Add(VexReader.ReadFile(path));
                    documents[^1].Skipped.GroupBy(reason => reason, StringComparer.Ordinal).ToList().ForEach(group => tell($"{path}: {group.Key} ({group.Count()} x)"));
                }
            }
            catch (VexException error)
            {
                throw new CommandLineException(ExitCode.Unreadable, error.Message);
            }
        }

        return new VexSources(documents.DrainToImmutable(), repositories.DrainToImmutable(), tell)
        {
            Attached = names.Any(attached.Contains) ? trust ?? SbomTrust.Nobody : null,
            Unverified = names.Contains(UnverifiedWord),
        };
    }

    /// <summary>What is attached to an image, where the user asks for it and it may be believed; the rest is told.</summary>
    public async Task<ImmutableArray<VexDocument>> AttachedAsync(IImageSource image, Platform platform, CancellationToken cancel)
    {
        if (Attached is null || image is not IAttachmentSource source)
        {
            return [];
        }

        var (found, unknowns) = await AttachedVex.FindAsync(source, await image.ResolveAsync(platform, cancel), Attached, cancel);
        unknowns.ToList().ForEach(unknown => _tell($"{image.Name}: {unknown.Reason}"));
        var documents = ImmutableArray.CreateBuilder<VexDocument>();
        foreach (var attachment in found)
        {
            if (attachment.VerifiedBy is null && !Unverified)
            {
                _tell($"{image.Name}: {attachment.Name} is left out: nobody who is trusted signed it");
                continue;
            }

            try
            {
                documents.Add(VexReader.Read(attachment.Document, attachment.Name));
            }
            catch (VexException error)
            {
                _tell(error.Message);
            }
        }

        return documents.DrainToImmutable();
    }

    /// <summary>The findings of an image with the status that the statements give them.</summary>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings, ComponentInventory inventory, string? repository, ImmutableArray<VexDocument> attached)
    {
        if (findings.IsEmpty || (_documents.IsEmpty && _repositories.IsEmpty && attached.IsEmpty))
        {
            return findings;
        }

        var subject = new VexSubject(inventory, repository);
        return new VexIndex(_repositories.SelectMany(hub => hub.Read(subject, _tell)).Concat(attached).Concat(_documents)).Apply(findings, subject);
    }
}
