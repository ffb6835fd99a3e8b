using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Vex;

/// <summary>Reads VEX documents of every format: OpenVEX 0.0 to 0.2, CSAF 2.0 and CycloneDX 1.4 and later.</summary>
public static class VexReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="document">Its bytes.</param>
    /// <param name="name">What it is called in reasons, where it has no id.</param>
    /// <exception cref="VexException">It is none.</exception>
    public static VexDocument Read(ReadOnlyMemory<byte> document, string name)
    {
        if (document.Length > FeedLimits.Document)
        {
            throw new VexException($"{name}: the document is larger than {FeedLimits.Document >> 20} MiB");
        }

        try
        {
            using var json = JsonDocument.Parse(document);
            var root = json.RootElement;
            return root.Text("@context")?.Contains("openvex.dev", StringComparison.Ordinal) == true ? OpenVexReader.Read(root, name)
                : root.At("document").Text("csaf_version") is not null ? CsafVexReader.Read(root, name)
                : root.Text("bomFormat") == "CycloneDX" ? CycloneDxVexReader.Read(root, name)
                : throw new VexException($"{name} is not a VEX document: it is neither OpenVEX nor CSAF nor CycloneDX");
        }
        catch (JsonException exception)
        {
            throw new VexException($"{name}: {RecordDocuments.NoJson(exception.Message)}");
        }
        catch (FeedRecordException exception)
        {
            throw new VexException($"{name}: {exception.Message}");
        }
    }

    /// <summary>Reads documents one by one; what is none is told and left out.</summary>
    public static ImmutableArray<VexDocument> ReadAll(IEnumerable<(string Name, ReadOnlyMemory<byte> Document)> documents, Action<string> skipped)
    {
        var read = ImmutableArray.CreateBuilder<VexDocument>();
        foreach (var (name, document) in documents)
        {
            try
            {
                read.Add(Read(document, name));
            }
            catch (VexException error)
            {
                skipped(error.Message);
            }
        }

        return read.DrainToImmutable();
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="VexException">It is no VEX document, or cannot be read.</exception>
    public static VexDocument ReadFile(string path)
    {
        try
        {
            return Read(BoundedFile.Read(path, FeedLimits.Document), path);
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
        {
            throw new VexException($"{path}: {exception.Message}");
        }
    }
}
