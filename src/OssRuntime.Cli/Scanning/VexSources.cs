using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Cli.Commands;
using OssRuntime.Cli.Output;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Cli.Scanning;

/// <summary>What <c>--vex</c> names: documents, and repositories of which only the documents on an image's components are read.</summary>
internal sealed class VexSources
{
    private readonly ImmutableArray<VexDocument> _documents;
    private readonly ImmutableArray<VexRepository> _repositories;
    private readonly Action<string> _tell;

    private VexSources(ImmutableArray<VexDocument> documents, ImmutableArray<VexRepository> repositories, Action<string> tell) =>
        (_documents, _repositories, _tell) = (documents, repositories, tell);

    /// <summary>Opens what the user named.</summary>
    /// <exception cref="CommandLineException">Some of it is no VEX document or repository.</exception>
    public static VexSources Open(IEnumerable<string> paths, Action<string> tell)
    {
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

        return new VexSources(documents.DrainToImmutable(), repositories.DrainToImmutable(), tell);
    }

    /// <summary>The findings of an image with the status that the statements give them.</summary>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings, ComponentInventory inventory, string? repository)
    {
        if (findings.IsEmpty || (_documents.IsEmpty && _repositories.IsEmpty))
        {
            return findings;
        }

        var subject = new VexSubject(inventory, repository);
        return new VexIndex(_repositories.SelectMany(hub => hub.Read(subject, _tell)).Concat(_documents)).Apply(findings, subject);
    }
}
