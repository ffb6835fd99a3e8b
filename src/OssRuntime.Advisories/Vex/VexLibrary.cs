using System.Collections.Immutable;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Vex;

/// <summary>
/// The VEX documents and repositories that somebody named, ready to be held against images. Of a repository only the documents on an image's
/// components are read. Safe to use from many threads.
/// </summary>
public sealed class VexLibrary
{
    /// <summary>Nothing.</summary>
    public static readonly VexLibrary Empty = new([], []);

    private readonly ImmutableArray<VexDocument> _documents;
    private readonly ImmutableArray<VexRepository> _repositories;
    private readonly VexIndex _index;

    private VexLibrary(ImmutableArray<VexDocument> documents, ImmutableArray<VexRepository> repositories) =>
        (_documents, _repositories, _index) = (documents, repositories, new VexIndex(documents));

    /// <summary>Opens documents and repositories, told apart by what they are.</summary>
    /// <param name="paths">Files, folders and packed archives.</param>
    /// <param name="tell">Is told which parts of documents were left out, and why.</param>
    /// <exception cref="VexException">One of them is no VEX document or repository.</exception>
    public static VexLibrary Open(IEnumerable<string> paths, Action<string> tell)
    {
        var documents = ImmutableArray.CreateBuilder<VexDocument>();
        var repositories = ImmutableArray.CreateBuilder<VexRepository>();
        foreach (var path in paths)
        {
            if (VexRepository.Is(path))
            {
                repositories.Add(VexRepository.Open(path));
                continue;
            }

            var document = VexReader.ReadFile(path);
            documents.Add(document);
            foreach (var (reason, count) in document.Skipped.CountBy(reason => reason, StringComparer.Ordinal))
            {
                tell($"{path}: {reason} ({count} x)");
            }
        }

        return new VexLibrary(documents.DrainToImmutable(), repositories.DrainToImmutable());
    }

    /// <summary>The findings of an image with the status that the statements give them.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="subject">The image.</param>
    /// <param name="attached">What is attached to it and may be believed. Of two statements of one instant, what was named counts before what is attached.</param>
    /// <param name="tell">Is told which documents of repositories could not be read.</param>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings, VexSubject subject, ImmutableArray<VexDocument> attached, Action<string> tell)
    {
        if (findings.IsEmpty || (_documents.IsEmpty && _repositories.IsEmpty && attached.IsEmpty))
        {
            return findings;
        }

        ImmutableArray<VexDocument> others = [.. _repositories.SelectMany(repository => repository.Read(subject, tell)), .. attached];
        return (others.IsEmpty ? _index : new VexIndex([.. others, .. _documents])).Apply(findings, subject);
    }
}
